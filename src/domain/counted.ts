/** `1 time`, `1,204 times`; `many` where the plural takes more than an s: `2 anomalies`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
