import { createServer } from 'node:http'
import { once } from 'node:events'
import { answerMetrics } from '../resources/watch/metrics.server'

/** The only door of a worker: what its own process says, for whoever has the secret. */
export async function serveMetrics(port: number): Promise<{ stop(): Promise<void> }> {
  const server = createServer((req, res) => {
    const asked = req.method === 'GET' && req.url === '/metrics'
    answerMetrics(asked ? req.headers.authorization : undefined, { all: false }).then(
      ({ status, headers, body }) => res.writeHead(asked ? status : 404, headers).end(body),
      () => res.writeHead(500).end(),
    )
  })
  server.listen(port)
  await once(server, 'listening')
  return {
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
