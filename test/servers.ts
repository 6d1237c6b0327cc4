import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { Agent, request as requestTls } from 'node:https'
import { type AddressInfo, createServer as createSocket } from 'node:net'
import { join } from 'node:path'
import { tool } from '../scripts/tools'

const types: { readonly [ending: string]: string } = { html: 'text/html', css: 'text/css', js: 'text/javascript' }

/** A server on a free port of this machine that gives the files of a folder. */
export function servingFolder(folder: string): ReturnType<typeof serving> {
  return serving(path => (existsSync(join(folder, path)) ? readFileSync(join(folder, path)) : null))
}

/** A server on a free port of this machine that gives what `respond` gives for a path; null is not found. */
export async function serving(respond: (path: string) => Buffer | null): Promise<{
  readonly url: string
  readonly close: () => void
}> {
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const body = respond(path)
    response.setHeader('content-type', types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
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

/** What a server answered. */
export interface Answer {
  readonly status: number
  readonly text: string
  readonly took: number
}

/** A server of OPA that runs, and how it is asked. */
export interface OpaServer {
  readonly ask: (path: string, body?: string | object, options?: Asked) => Promise<Answer>
  /** All that it has logged so far. */
  readonly log: () => string
  readonly stop: () => Promise<void>
}

interface Asked {
  readonly method?: string
  readonly token?: string
  readonly type?: string
}

/** Makes a key and a certificate for this machine, as `tls.key` and `tls.crt` in a folder. */
export function makeCertificate(folder: string): void {
  const files = ['-keyout', join(folder, 'tls.key'), '-out', join(folder, 'tls.crt')]
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...files, ...names], {
    stdio: 'ignore',
  })
}

/** Starts a server of OPA over TLS on a free port of this machine, with the certificate in the folder it works in. */
export async function startOpa(folder: string, args: readonly string[], ca: string | Buffer): Promise<OpaServer> {
  const port = await freePort()
  const tls = ['--tls-cert-file', 'tls.crt', '--tls-private-key-file', 'tls.key']
  const all = ['run', '--server', '--addr', `127.0.0.1:${port}`, ...tls, '--log-format', 'json', ...args]
  const child = spawn(tool('opa'), all, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => lines.push(String(chunk)))
  const agent = new Agent({ keepAlive: true, ca, maxSockets: 8 })
  return {
    ask: (path, body, asked = {}) => ask(agent, port, path, body, asked),
    log: () => lines.join(''),
    stop: () => stopped(child, agent),
  }
}

/** Asks until the answer is as wanted; gives it. Throws where that does not come in time. */
export async function until(
  asking: () => Promise<Answer>,
  isWanted: (answer: Answer) => boolean,
  limit = 60_000,
): Promise<Answer> {
  const start = performance.now()
  for (;;) {
    const answer = await asking().catch(error => ({ status: 0, text: String(error), took: 0 }))
    if (isWanted(answer)) return answer
    if (performance.now() - start > limit) throw new Error(`it still answers ${answer.status} ${answer.text}`)
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

function ask(
  agent: Agent,
  port: number,
  path: string,
  body: string | object | undefined,
  { method = body === undefined ? 'GET' : 'POST', token, type = 'application/json' }: Asked,
): Promise<Answer> {
  const headers = { 'Content-Type': type, ...(token !== undefined && { Authorization: `Bearer ${token}` }) }
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const request = requestTls({ host: '127.0.0.1', port, path, method, headers, agent, timeout: 60_000 })
    request.on('timeout', () => request.destroy(new Error('no answer in a minute')))
    request.on('error', reject)
    request.on('response', (response: IncomingMessage) => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString(),
          took: performance.now() - start,
        }),
      )
    })
    request.end(typeof body === 'object' ? JSON.stringify(body) : body)
  })
}

function stopped(child: ChildProcess, agent: Agent): Promise<void> {
  agent.destroy()
  return new Promise(resolve => {
    if (child.exitCode !== null) resolve()
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

async function freePort(): Promise<number> {
  const socket = createSocket()
  await new Promise<void>(resolve => socket.listen(0, '127.0.0.1', resolve))
  const { port } = socket.address() as AddressInfo
  await new Promise(resolve => socket.close(resolve))
  return port
}
