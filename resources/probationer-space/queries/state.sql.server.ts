import { Prisma } from '@prisma/client'
import type { SpaceState } from '../rules'

/** As `spaceStateOf` says, of an account `account`. */
const states: Record<Exclude<SpaceState, 'never'>, Prisma.Sql> = {
  revoked: Prisma.sql`account.revoked_at IS NOT NULL`,
  open: Prisma.sql`account.revoked_at IS NULL AND account.accepted_at IS NOT NULL`,
  invited: Prisma.sql`account.revoked_at IS NULL AND account.accepted_at IS NULL AND account.invitation_count = 1`,
  reinvited: Prisma.sql`account.revoked_at IS NULL AND account.accepted_at IS NULL AND account.invitation_count > 1`,
}

/** Which persons `p` have their space in a state. */
export const inSpaceStateSql = (state: SpaceState): Prisma.Sql =>
  state === 'never'
    ? Prisma.sql`NOT EXISTS (
        SELECT 1 FROM space_account account WHERE account.probationer_id = p.id
           AND (account.revoked_at IS NOT NULL OR account.accepted_at IS NOT NULL OR account.invitation_count > 0))`
    : Prisma.sql`EXISTS (
        SELECT 1 FROM space_account account WHERE account.probationer_id = p.id AND ${states[state]})`
