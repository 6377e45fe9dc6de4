import * as z from 'zod'
import { maskedPhone } from '../../probationer/queries/opt-out.server'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { linkOf } from '../commands/links.server'
import { spaceLinkInput } from '../schema'

const input = spaceLinkInput.extend({ purpose: z.enum(['invitation', 'password_reset']) })

/** Whose link this is, as far as who holds it may be told: the end of the number. Null when it opens nothing. */
export const holderOfSpaceLink = query(input, async (ctx: Context, { token, purpose }) => {
  const account = await linkOf(ctx, token, purpose)
  return account && { maskedPhone: maskedPhone(account.probationer.phone) }
})
