import { Prisma } from '@prisma/client'

/** Whoever a session is of, read with it at each request: an access closed meanwhile opens nothing. */
export interface PersonRow {
  probationerId: number
  /** By one at least of the services that follow them (decision S1). */
  isEnabled: boolean
}

/** The person of an account whose id is this expression. */
export const personSql = (accountId: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT account.probationer_id AS "probationerId",
         EXISTS (SELECT 1 FROM organization o
                  WHERE o.id = ANY (p.following_organization_ids) AND o.probationer_space_enabled) AS "isEnabled"
    FROM space_account account JOIN probationer p ON p.id = account.probationer_id
   WHERE account.id = ${accountId} AND account.accepted_at IS NOT NULL AND account.revoked_at IS NULL
     AND account.password_hash IS NOT NULL`
