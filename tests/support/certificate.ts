import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'

/**
 * A certificate of localhost that nobody signed but itself, valid for a day: made for each run, so that no key lies in
 * the repository. Node writes none; X.509 is a few nested lengths (RFC 5280).
 */
export function selfSignedCertificate(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'prime256v1',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  })
  const day = 24 * 3_600_000
  const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'))
  const localhost = sequence(
    node(0x31, sequence(Buffer.concat([objectId('550403'), node(0x0c, Buffer.from('localhost'))]))),
  )
  const alternativeName = sequence(
    Buffer.concat([objectId('551d11'), node(0x04, sequence(node(0x82, Buffer.from('localhost'))))]),
  )
  const certified = sequence(
    Buffer.concat([
      node(0xa0, node(0x02, Buffer.from([2]))),
      node(0x02, Buffer.from([1])),
      ecdsaWithSha256,
      localhost,
      sequence(Buffer.concat([instant(Date.now() - day), instant(Date.now() + day)])),
      localhost,
      publicKey,
      node(0xa3, sequence(alternativeName)),
    ]),
  )
  const signature = sign('sha256', certified, createPrivateKey(privateKey))
  const der = sequence(
    Buffer.concat([certified, ecdsaWithSha256, node(0x03, Buffer.concat([Buffer.from([0]), signature]))]),
  )
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  const cert = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
  return { key: privateKey, cert }
}

function node(tag: number, content: Buffer): Buffer {
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const sequence = (content: Buffer) => node(0x30, content)
const objectId = (hex: string) => node(0x06, Buffer.from(hex, 'hex'))
const instant = (at: number) =>
  node(0x17, Buffer.from(`${new Date(at).toISOString().replace(/[-T:]/g, '').slice(2, 14)}Z`))
