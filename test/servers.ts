import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on a free port of this machine that gives what `respond` gives for a path; null is not found. */
export async function serving(respond: (path: string) => Buffer | null): Promise<{
  readonly url: string
  readonly close: () => void
}> {
  const server: Server = createServer((request, response) => {
    const body = respond(new URL(request.url ?? '/', 'http://localhost').pathname)
    response.statusCode = body ? 200 : 404
    response.end(body ?? '')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
