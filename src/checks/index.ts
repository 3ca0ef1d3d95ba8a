/** Every check that looks at rows. */
import { checkAccessTokens } from './accessTokens.js';
import type { RowCheck } from './RowCheck.js';

export const ROW_CHECKS: readonly RowCheck[] = [checkAccessTokens];
