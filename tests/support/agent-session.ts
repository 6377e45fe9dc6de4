import { createHmac, randomUUID } from 'node:crypto'
import { prisma } from '../../resources/shared/db.server'
import { env } from '../../resources/shared/env.server'

/** The cookie of an agent who has just signed in: without the password, whose hash is slow on purpose. */
export async function sessionCookie(agentId: number): Promise<string> {
  const sid = randomUUID()
  const expires = new Date(Date.now() + 3_600_000)
  const cookie = {
    originalMaxAge: 3_600_000,
    expires: expires.toISOString(),
    httpOnly: true,
    path: '/',
    sameSite: 'lax',
  }
  await prisma.session.create({
    data: { sid, sess: { cookie, agentId, signedInAt: Date.now() }, expire: expires },
  })
  const signature = createHmac('sha256', env.SESSION_SECRET[0])
    .update(sid)
    .digest('base64')
    .replace(/=+$/, '')
  return `msj_agent=${encodeURIComponent(`s:${sid}.${signature}`)}`
}
