/** One event of a server-sent event stream as bytes on the wire; the name is left out when undefined. */
export function sseFrame(data: unknown, event?: string): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${text}\n\n`;
}

/** The name an event goes by: what the script says, else the `type` that the OpenAI Responses and Anthropic APIs repeat there. */
export function eventName(data: unknown, said?: string): string | undefined {
  if (said !== undefined) return said;
  if (typeof data !== 'object' || data === null) return undefined;
  const type = (data as Readonly<Record<string, unknown>>)['type'];
  return typeof type === 'string' ? type : undefined;
}
