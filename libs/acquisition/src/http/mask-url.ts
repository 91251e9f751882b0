/** A URL that is safe to print: no user, password, query or fragment. Text that is no URL comes back unchanged. */
export function maskUrl(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  const credentials = url.username !== '' || url.password !== '' ? '***@' : '';
  const query = url.search === '' ? '' : '?…';
  return `${url.protocol}//${credentials}${url.host}${url.pathname}${query}`;
}
