import { getEventListeners } from 'node:events';
import { expect, test } from '@jest/globals';
import { LinkedAbort } from '../../src/core/LinkedAbort.js';

test('it aborts by itself, and with the other signal and its reason', () => {
  const other = new AbortController();
  const linked = new LinkedAbort(other.signal);
  const alone = new LinkedAbort(other.signal);
  alone.abort('left');
  expect([alone.signal.reason, linked.signal.aborted, other.signal.aborted]).toEqual(['left', false, false]);
  other.abort('interrupted');
  expect(linked.signal.reason).toBe('interrupted');
  expect(new LinkedAbort(other.signal).signal.reason).toBe('interrupted');
});

test('once released, it does not abort with the other signal, which keeps nothing of it', () => {
  const other = new AbortController();
  const linked = new LinkedAbort(other.signal);
  expect(getEventListeners(other.signal, 'abort')).toHaveLength(1);
  linked.release();
  expect(getEventListeners(other.signal, 'abort')).toEqual([]);
  other.abort();
  expect(linked.signal.aborted).toBe(false);
});
