/** `1234567` → `1,234,567`. Not toLocaleString: its first call loads ICU's data, which takes longer than a small upgrade. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
