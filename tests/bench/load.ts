import { request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import autocannon from 'autocannon'

export interface Ask {
  method: 'GET' | 'POST'
  path: string
  body?: string
}

/** A look-up of the back office. */
export const ask = (name: string, input: unknown): Ask => ({
  method: 'POST',
  path: `/admin/api/lookups/${name}`,
  body: JSON.stringify(input),
})

/** An agent or a person signed in: the cookie of their session. */
export interface Client {
  cookie: string
}

/** As Chromium and Firefox ask over TLS; `identity` is a program that cannot unpack. */
export const asBrowsersAsk = 'gzip, deflate, br, zstd'

/**
 * So many clients at once, each asking its own questions in turn, as fast as the answers come.
 *
 * @returns every response time, in milliseconds.
 * @throws when an answer is not a success: a refusal is fast and proves nothing.
 */
export async function load(
  url: string,
  clients: readonly Client[],
  asks: (client: number) => readonly Ask[],
  seconds: number,
  encoding = asBrowsersAsk,
): Promise<number[]> {
  const times: number[] = []
  let next = 0
  const options: autocannon.Options = {
    url,
    connections: clients.length,
    duration: seconds,
    timeout: 60,
    setupClient(connection) {
      const index = next++ % clients.length
      connection.setHeaders({
        cookie: clients[index]?.cookie ?? '',
        'content-type': 'application/json',
        'accept-encoding': encoding,
      })
      connection.setRequests(asks(index).map((ask) => ({ ...ask })))
    },
  }
  const result = await new Promise<autocannon.Result>((done, fail) => {
    const instance = autocannon(options, (error: unknown, outcome) => {
      if (error) fail(error instanceof Error ? error : new Error('The load could not run'))
      else done(outcome)
    })
    instance.on('response', (_client, _status, _bytes, time) => times.push(time))
  })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refusals and ${result.errors} errors at ${asks(0)[0]?.path}`)
  return times
}

/** The bytes on the wire, and the text they unpack to. */
export function asABrowser(address: string, cookie = ''): Promise<{ bytes: number; text: string }> {
  return new Promise((done, fail) => {
    request(address, { headers: { cookie, 'accept-encoding': asBrowsersAsk, accept: '*/*' } }, (answer) => {
      const pieces: Buffer[] = []
      answer.on('data', (piece: Buffer) => pieces.push(piece))
      answer.on('end', () => {
        const body = Buffer.concat(pieces)
        const packed = answer.headers['content-encoding']
        if (answer.statusCode !== 200) fail(new Error(`${address}: ${answer.statusCode}`))
        else {
          const unpacked =
            packed === 'br' ? brotliDecompressSync(body) : packed === 'gzip' ? gunzipSync(body) : body
          done({ bytes: body.length, text: unpacked.toString('utf8') })
        }
      })
    })
      .on('error', fail)
      .end()
  })
}

/** Signs in as an agent through the door everybody uses. */
export const signIn = (url: string, email: string, password: string): Promise<Client> =>
  signedIn(`${url}/agents/connexion`, { email, password })

/** Signs in as a person who has their space. */
export const signInToSpace = (url: string, phone: string, password: string): Promise<Client> =>
  signedIn(`${url}/espace/connexion`, { phone, password })

async function signedIn(address: string, fields: Record<string, string>): Promise<Client> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(address).origin },
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })
  await answer.arrayBuffer()
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0])
  if (![302, 303].includes(answer.status) || cookie.length === 0)
    throw new Error(`${Object.values(fields)[0]} could not sign in: ${answer.status}`)
  return { cookie: cookie.join('; ') }
}

/** Does one act of the back office. */
export async function act<Result>(
  url: string,
  client: Client,
  path: string,
  input: unknown,
): Promise<Result> {
  const answer = await fetch(`${url}/admin/api/resources/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, cookie: client.cookie },
    body: JSON.stringify(input),
  })
  const body = (await answer.json()) as { ok: boolean; result: Result }
  if (!answer.ok || !body.ok) throw new Error(`${path}: ${answer.status} ${JSON.stringify(body)}`)
  return body.result
}
