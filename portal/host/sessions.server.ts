import { Prisma } from '@prisma/client'
import { Router, type Request, type RequestHandler } from 'express'
import session from 'express-session'
import * as z from 'zod'
import { actorSql, type ActorRow } from '../../resources/agent/queries/actor.server'
import { isSessionOver, sessionIdle } from '../../resources/agent/rules'
import type { SystemActor } from '../../resources/shared/actor'
import { pool } from '../../resources/shared/db.server'
import { env } from '../../resources/shared/env.server'
import { log, logContext } from '../../resources/shared/log.server'
import { rowsOf } from '../../resources/shared/prepared.server'
import { presently, read } from '../../resources/shared/transact.server'
import { isSpaceSessionOver, spaceIdle } from '../../resources/probationer-space/rules'
import { personSql, type PersonRow } from '../../resources/probationer-space/queries/person.sql.server'
import type { AgentSession, SpaceSession } from '../context'

/**
 * Where a session carries what its row said, for this request: what is named by a symbol is never written.
 * A WeakMap would hold each of them until the collector's long pass.
 */
const fromRow = Symbol('row')

interface FromRow {
  expire: number
  /** What was read beside. */
  beside?: unknown
  /** What this request wrote, but for its cookie. */
  written?: string
}

declare module 'express-session' {
  interface SessionData {
    [fromRow]?: FromRow
    agentId: number
    /** Milliseconds: a session lasts 12 hours at most, however busy. */
    signedInAt: number
    impersonatorId?: number
    /** Who they are at this very request, read with the session and never written with it. */
    agent?: ActorRow
    accountId: number
    /** The person of a space, as they are at this very request. */
    person?: PersonRow
  }
}

/** Served over TLS, or a demo on someone's machine, where a Secure cookie would never come back. */
const secure = env.PUBLIC_URL.startsWith('https:')

const reader: SystemActor = { kind: 'system', task: 'sessions' }

/** A row's end is written again once it is this far behind: most requests of a busy session write nothing. */
const touchEvery = 60_000

/** What is read with the row `s` of a session, in its statement: a name and a value of JSON. */
interface Beside {
  as: string
  sql: Prisma.Sql
}

/** Sessions as rows of a table of ours: the id of the cookie, what is held, and its end. */
class SessionTable extends session.Store {
  constructor(
    private readonly table: string,
    private readonly idle: number,
    private readonly beside: Beside | undefined,
  ) {
    super()
  }

  override get(sid: string, done: (error: unknown, held?: session.SessionData | null) => void): void {
    const statement = Prisma.sql`
      SELECT s.sess, extract(epoch FROM s.expire)::float8 * 1000 AS expire,
             ${this.beside ? this.beside.sql : Prisma.sql`NULL`} AS beside
        FROM ${Prisma.raw(this.table)} s
       WHERE s.sid = ${sid} AND s.expire >= to_timestamp(${presently().getTime() / 1000})`
    const found = read(reader, (ctx) => rowsOf<FromRow & { sess: session.SessionData }>(ctx, statement))
    answer(
      found.then(([row]) => {
        // What no session of ours is like is nobody's.
        if (!row || typeof (row.sess as session.SessionData | null)?.cookie !== 'object') return null
        row.sess[fromRow] = { expire: row.expire, beside: row.beside }
        return row.sess
      }),
      done,
    )
  }

  override createSession(req: Request, held: session.SessionData): session.Session & session.SessionData {
    const created = super.createSession(req, held)
    const row = held[fromRow]
    if (!row) return created
    created[fromRow] = row
    // Not enumerable: it serves this request, and is not written with the session.
    if (this.beside) Object.defineProperty(created, this.beside.as, { value: row.beside ?? undefined })
    return created
  }

  override set(sid: string, held: session.SessionData, done?: (error?: unknown) => void): void {
    const { cookie, ...kept } = held
    const written = JSON.stringify(kept)
    // At the end of the answer, express-session saves once more a session that began in it.
    if (held[fromRow]?.written === written) return done?.()
    const expire = this.newEnd()
    const saved = pool.query(
      `INSERT INTO ${this.table} (sid, sess, expire) VALUES ($1, $2, to_timestamp($3))
       ON CONFLICT (sid) DO UPDATE SET sess = excluded.sess, expire = excluded.expire`,
      [sid, JSON.stringify({ cookie, ...kept }), expire / 1000],
    )
    answer(
      saved.then(() => {
        held[fromRow] = { expire, written }
      }),
      done,
    )
  }

  override destroy(sid: string, done?: (error?: unknown) => void): void {
    answer(pool.query(`DELETE FROM ${this.table} WHERE sid = $1`, [sid]), done)
  }

  /** After the answer was made: a failure here must not take it back. */
  override touch(sid: string, held: session.SessionData, done?: () => void): void {
    if (this.newEnd() - (held[fromRow]?.expire ?? 0) < touchEvery) {
      done?.()
      return
    }
    pool
      .query(`UPDATE ${this.table} SET expire = to_timestamp($2) WHERE sid = $1`, [sid, this.newEnd() / 1000])
      .catch((error: unknown) => log.warn({ err: error }, 'a session was not prolonged'))
      .finally(() => done?.())
  }

  /** Later than that of the cookie by what a row may be behind: nobody idle for less is sent away. */
  private newEnd(): number {
    return presently().getTime() + this.idle + touchEvery
  }
}

/** Out of the promise: what the callback throws is not a failure of the query. */
function answer<T>(query: Promise<T>, done?: (error: unknown, result?: T) => void): void {
  query.then(
    (result) => setImmediate(() => done?.(null, result)),
    (error: unknown) => setImmediate(() => done?.(error)),
  )
}

interface Kind<Held> {
  cookie: string
  /** Made like `session`. */
  table: string
  /** Milliseconds without a request after which it ends. */
  idle: number
  /** What its rows hold. */
  data: z.ZodType<Held>
  /** Whether it has lasted too long, however busy. */
  isOver: (held: Held, now: Date) => boolean
  /** What every request asks of whoever it is: read in the same statement. */
  beside?: Beside
  /** Ids that every line of the log of a request carries. */
  logged: (held: Held) => Record<string, number | undefined>
}

interface Sessions<Held> {
  /** To be mounted where these sessions are used, and nowhere else: the public pages set no cookie. */
  mount: RequestHandler
  /** What the session of this request holds; null for nobody. */
  of: (req: Request) => Held | null
  /** Opens a session under a new id. */
  begin: (req: Request, held: Held) => Promise<void>
  end: (req: Request) => Promise<void>
}

/**
 * One kind of session: an id in a signed cookie, the rest in a row of a table.
 *
 * A request that begins or ends none must leave `req.session` as it found it (or add what is not
 * enumerable): a session written back after it was ended by a new password would live again.
 */
export function sessionsOf<Held extends object>(kind: Kind<Held>): Sessions<Held> {
  const { data, isOver } = kind
  const name = secure ? `__Host-${kind.cookie}` : kind.cookie
  const heldIn = (req: Request) => {
    const parsed = data.safeParse(req.session)
    return parsed.success ? parsed.data : null
  }
  const mount = Router()
  mount.use(
    session({
      name,
      secret: env.SESSION_SECRET,
      store: new SessionTable(kind.table, kind.idle, kind.beside),
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: kind.idle },
    }),
  )
  mount.use((req, _res, next) => {
    const held = heldIn(req)
    const isNew = Object.keys(req.session).every((key) => key === 'cookie')
    if (held ? isOver(held, presently()) : !isNew) return req.session.regenerate(next)
    if (held) Object.assign(logContext.getStore() ?? {}, kind.logged(held))
    next()
  })
  return {
    mount,
    of: heldIn,
    async begin(req, held) {
      // One that this request made has an id nobody else was told: no row of it to forget either.
      if (req.session[fromRow]) await settled((done) => req.session.regenerate(done))
      Object.assign(req.session, held)
      await settled((done) => req.session.save(done))
    },
    async end(req) {
      await settled((done) => req.session.destroy(done))
      req.res?.clearCookie(name, { path: '/', secure })
    },
  }
}

const ofAgents = sessionsOf({
  cookie: 'msj_agent',
  table: 'session',
  idle: sessionIdle,
  data: z.object({ agentId: z.int(), signedInAt: z.number(), impersonatorId: z.int().optional() }),
  isOver: isSessionOver,
  beside: {
    as: 'agent' satisfies keyof session.SessionData,
    // A row that holds something else is nobody's.
    sql: Prisma.sql`(SELECT row_to_json(actor) FROM (${actorSql(
      Prisma.sql`a.id = CASE WHEN s.sess->>'agentId' ~ '^[0-9]{1,9}$' THEN (s.sess->>'agentId')::int END`,
    )}) AS actor)`,
  },
  logged: ({ agentId, impersonatorId }) => ({ agentId, impersonatorId }),
})

/** Agents' sessions, to be mounted on /agents and /admin only. */
export const agentSessions = (): RequestHandler => ofAgents.mount

/** The session of this request; nobody's where the sessions are not mounted. */
export function agentSessionOf(req: Request): AgentSession {
  const held = ofAgents.of(req)
  return {
    agentId: held?.agentId ?? null,
    impersonatorId: held?.impersonatorId ?? null,
    signIn: (agentId) => ofAgents.begin(req, { agentId, signedInAt: presently().getTime() }),
    signOut: () => ofAgents.end(req),
  }
}

const ofSpaces = sessionsOf({
  cookie: 'msj_espace',
  table: 'space_session',
  idle: spaceIdle,
  data: z.object({ accountId: z.int(), signedInAt: z.number() }),
  isOver: isSpaceSessionOver,
  beside: {
    as: 'person' satisfies keyof session.SessionData,
    sql: Prisma.sql`(SELECT row_to_json(person) FROM (${personSql(Prisma.sql`s.account_id`)}) AS person)`,
  },
  // Nothing of a person is written in the log.
  logged: () => ({}),
})

/** Sessions of persons, to be mounted on the doors of their space only. */
export const spaceSessions = (): RequestHandler => ofSpaces.mount

/** The person of this request; nobody where their sessions are not mounted, or whose access was closed. */
export function spaceSessionOf(req: Request): SpaceSession {
  const held = ofSpaces.of(req)
  const person = (held && req.session.person) ?? null
  return {
    person: person && { kind: 'probationer', id: person.probationerId, sessionId: req.sessionID },
    isEnabled: person?.isEnabled ?? false,
    signIn: (accountId) => ofSpaces.begin(req, { accountId, signedInAt: presently().getTime() }),
    signOut: () => ofSpaces.end(req),
  }
}

function settled(act: (done: (error: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    act((error) => {
      if (error) reject(error instanceof Error ? error : new Error('The session could not be written'))
      else resolve()
    })
  })
}
