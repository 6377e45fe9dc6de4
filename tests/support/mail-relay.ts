import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { selfSignedCertificate } from './certificate'

/** A mail as the relay took it. */
interface Taken {
  from: string
  to: string[]
  /** Whether the line was encrypted when it was handed over. */
  secure: boolean
  /** Which connection carried it. */
  connection: string
  raw: string
}

/** What the relay answers to a mail: it takes it, or refuses with this code at that step. */
type Fate = { step: 'recipient' | 'data'; code: number } | null

/** A relay that speaks SMTP on a socket: STARTTLS with a certificate of its own, unless it has none. */
export async function startRelay({ startTls = true }: { startTls?: boolean } = {}) {
  const taken: Taken[] = []
  let fate: Fate = null
  const { key, cert } = selfSignedCertificate()
  const answer = (step: 'recipient' | 'data') =>
    fate?.step === step
      ? Object.assign(new Error(`Refused <someone@justice.example>`), { responseCode: fate.code })
      : null
  const server = new SMTPServer({
    ...{ key, cert, authOptional: true, hideSTARTTLS: !startTls, logger: false },
    // Connections that wait for the next mail are cut as it stops.
    closeTimeout: 50,
    ...(!startTls && { disabledCommands: ['STARTTLS'] }),
    onRcptTo: (_address, _session, done) => done(answer('recipient')),
    onData: (stream, { envelope, secure, id }, done) => {
      void text(stream).then((raw) => {
        const refusal = answer('data')
        if (!refusal)
          taken.push({
            from: envelope.mailFrom ? envelope.mailFrom.address : '',
            to: envelope.rcptTo.map(({ address }) => address),
            ...{ secure, connection: id, raw },
          })
        done(refusal)
      })
    },
  })
  // Whoever does not believe the certificate hangs up in the middle.
  server.on('error', () => undefined)
  const listening = server.listen(0)
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  return {
    taken,
    answers(next: Fate) {
      fate = next
    },
    /** As the setting SMTP_URL of who trusts it. */
    url: `smtp://localhost:${port}?requireTLS=true&tls.ca=${encodeURIComponent(cert)}`,
    urlOfWhoDoesNotTrust: `smtp://localhost:${port}?requireTLS=true`,
    stop: () => new Promise<void>((closed) => server.close(closed)),
  }
}
