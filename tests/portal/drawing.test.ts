import type { AppLoadContext, EntryContext } from '@remix-run/node'
import { expect, it } from 'vitest'
import handleRequest from '../../portal/entry.server'

it('a page that cannot be drawn is an error of its own: the process lives', async () => {
  // Without routes Remix throws as it draws; React then says that all is ready, which nobody must read.
  const nothing = { manifest: { entry: { module: '' } } } as unknown as EntryContext
  const spaceSession = { person: null, isEnabled: false }
  const context = { requestId: 'x', spaceSession } as unknown as AppLoadContext
  const drawn = handleRequest(new Request('http://localhost/'), 200, new Headers(), nothing, context)
  await expect(drawn).rejects.toThrow()
})
