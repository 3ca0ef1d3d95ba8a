/** The parts of an address such as `127.0.0.1:5432`, `[::1]:5432` or the path of a socket. */
export function hostAndPort(address = ''): { readonly host: string | undefined; readonly port: string | undefined } {
  const [, host, port] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(address) ?? [];
  return { host: host === '' ? undefined : host, port };
}
