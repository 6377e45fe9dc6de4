import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { Server as TcpServer } from 'node:net'
import { env } from '../../resources/shared/env.server'

/** Longer than proxies keep a connection (a minute): one they believe open must not be closed under a request. */
const keptOpen = 65_000
/** Time for what a client was sending to arrive, and be told that the connection closes. */
const nextRequest = 1_000
/** Time given to requests under way before their connections are cut. */
const patience = 10_000

/** Serves on the port of the settings. Stopping answers what is under way and takes nothing more. */
export async function serve(handle: RequestListener): Promise<{ stop: () => Promise<void> }> {
  const underWay = new Set<ServerResponse>()
  let stopping = false
  const server = createServer((req, res) => {
    underWay.add(res)
    res.once('close', () => underWay.delete(res))
    if (stopping) res.setHeader('Connection', 'close')
    handle(req, res)
  })
  server.keepAliveTimeout = keptOpen
  server.headersTimeout = keptOpen + 1_000
  await listen(server)
  return {
    stop: () =>
      new Promise((done) => {
        stopping = true
        // A client that keeps its connection would go on being served on it.
        for (const res of underWay) if (!res.headersSent) res.setHeader('Connection', 'close')
        const idle = setInterval(() => server.closeIdleConnections(), nextRequest)
        const late = setTimeout(() => server.closeAllConnections(), patience)
        // Not http's own close, which cuts idle connections at once: on some a request is just arriving.
        TcpServer.prototype.close.call(server, () => {
          clearInterval(idle)
          clearTimeout(late)
          done()
        })
      }),
  }
}

/** Whether the port is free, said before anything slow is started. */
export async function assertPortFree(): Promise<void> {
  const probe = createServer()
  await listen(probe)
  await new Promise((done) => probe.close(done))
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Le port ${env.PORT} est déjà pris\u00a0: choisissez-en un autre, par exemple PORT=${env.PORT + 1} npm start`,
            )
          : error,
      )
    })
    server.listen(env.PORT, () => resolve())
  })
}
