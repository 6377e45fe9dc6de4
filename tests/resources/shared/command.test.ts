import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { command } from '../../../resources/shared/command'
import { prisma } from '../../../resources/shared/db.server'

const said = command(
  z.object({ text: z.string().max(10), tags: z.array(z.string()).max(3).default([]) }),
  (_, { text }) => Promise.resolve(text),
)
const ctx = { tx: prisma, actor: { kind: 'system', task: 'test' }, now: new Date() } as const

describe('what a command is given', () => {
  test.each([
    '{"text":{"length":{"toString":1}}}',
    '{"text":"a","tags":{"length":{"valueOf":1,"toString":1}}}',
    '{"text":{"toString":1}}',
    '{"text":{"constructor":{"name":1}}}',
    `{"text":${'['.repeat(500)}${']'.repeat(500)}}`,
  ])('is refused as a form that is wrong, never a failure of ours: %s', async (json) => {
    const raw = JSON.parse(json) as never
    await expect(said(ctx, raw)).rejects.toBeInstanceOf(z.ZodError)
  })

  test('passes when it is right', async () => {
    expect(await said(ctx, { text: 'bonjour' })).toBe('bonjour')
  })
})
