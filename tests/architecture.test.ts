import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

// The arrows of the house: who may import whom, and what is written in one place only.

interface Import {
  from: string
  to: string
  /** Erased when the code runs. */
  typeOnly: boolean
}

const root = join(import.meta.dirname, '..')
const rooms = ['admin', 'portal', 'prisma', 'resources', 'worker']
const files = ['server.ts', ...rooms.flatMap((room) => walk(room))]
const source = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
const imports = files.flatMap(importsOf)

function walk(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => posix.join(folder, path.replaceAll('\\', '/')))
}

/** Relative imports as the path of the file they mean, packages by their name. */
function importsOf(from: string): Import[] {
  const statements = (source.get(from) ?? '').matchAll(
    /^(?:import|export)\s+(type\s)?[^'"();=]*?from\s+'([^']+)'|^import\s+'([^']+)'|import\('([^']+)'\)/gm,
  )
  return [...statements].map(([, type, named, bare, dynamic]) => {
    const to = named ?? bare ?? dynamic ?? ''
    if (!to.startsWith('.')) return { from, to, typeOnly: Boolean(type) }
    const path = posix.join(posix.dirname(from), to)
    const file = [`${path}.ts`, `${path}.tsx`, `${path}/index.ts`, path].find((candidate) =>
      source.has(candidate),
    )
    return { from, to: file ?? path, typeOnly: Boolean(type) }
  })
}

const inResources = (path: string) => path.startsWith('resources/')
const isServer = (path: string) => /\.server$|\.server\.tsx?$/.test(path)
const isPure = (path: string) => inResources(path) && !isServer(path)
const subjectOf = (path: string) => path.split('/')[1]

/** `from → to` of each import that a rule about its importer does not permit. */
function offences(concerns: (path: string) => boolean, permits: (one: Import) => boolean): string[] {
  return imports.filter((one) => concerns(one.from) && !permits(one)).map(({ from, to }) => `${from} → ${to}`)
}

/** `file:line` of each line that says something said elsewhere. */
function lines(pattern: RegExp, except: (path: string) => boolean): string[] {
  return files
    .filter((file) => !except(file))
    .flatMap((file) =>
      (source.get(file) ?? '')
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : [])),
    )
}

describe('arrows', () => {
  test('schemas, rules, policies, words and jobs know each other, zod, and nothing of a server', () => {
    const packages = ['zod', 'libphonenumber-js', 'libphonenumber-js/max']
    expect(offences(isPure, ({ to, typeOnly }) => typeOnly || isPure(to) || packages.includes(to))).toEqual(
      [],
    )
  })

  test('commands and queries know the core and no door', () => {
    const concerns = (path: string) => inResources(path) && isServer(path)
    const doors = /^(admin|portal|worker|prisma)\/|adminjs|express|@remix-run|graphile-worker/
    expect(offences(concerns, ({ to }) => !doors.test(to))).toEqual([])
  })

  test.each(['admin', 'portal', 'worker'])('the door %s knows the core and no other door', (door) => {
    const others = ['admin', 'portal', 'worker', 'prisma'].filter((room) => room !== door)
    expect(
      offences(
        // Readiness asks for pending migrations.
        (path) => path.startsWith(`${door}/`) && path !== 'portal/host/health.ts',
        ({ to }) => !others.some((room) => to.startsWith(`${room}/`)),
      ),
    ).toEqual([])
  })

  test('what is drawn in a browser knows no server', () => {
    const drawn = (path: string) =>
      /^(admin\/(client|forms|frame|home|screens|ui)|portal\/components)\//.test(path) && !isServer(path)
    expect(
      offences(drawn, ({ to, typeOnly }) => typeOnly || (!isServer(to) && !to.startsWith('node:'))),
    ).toEqual([])
  })

  test('the space of a person reads its own queries, and no other', () => {
    expect(
      offences(
        (path) => /^portal\/routes\/espace/.test(path),
        ({ to }) =>
          !inResources(to) || ['probationer-space', 'shared'].includes(subjectOf(to) ?? '') || isPure(to),
      ),
    ).toEqual([])
  })
})

describe('one place for', () => {
  test('the environment: env.server.ts', () => {
    expect(lines(/(?<!['"])process\.env\b/, (file) => file === 'resources/shared/env.server.ts')).toEqual([])
  })

  test('the clock: transact.server.ts, the seed which invents the past, and the browser which has its own', () => {
    const except = (file: string) =>
      file === 'resources/shared/transact.server.ts' ||
      file.startsWith('prisma/seed/') ||
      /^admin\/(client|forms|frame|home|screens|ui)\//.test(file)
    expect(lines(/\bnew Date\(\)|\bDate\.now\(\)/, except)).toEqual([])
  })

  test('raw SQL: reads, locks, jobs, claims, erasure, migrations, health', () => {
    const named =
      /(^|\/)(queries|lock|enqueue|throttle|db)(\.server\.ts|\/)|^resources\/message\/commands\/(pace|deliver|sweep)\.server\.ts|^resources\/retention\/|^prisma\/|^portal\/host\/(health|sessions\.server)\.ts|^worker\/presence\.ts/
    expect(
      lines(/\$(query|execute)Raw|\bPrisma\.(sql|raw)\b|\.query(<[^(]*>)?\(/, (file) => named.test(file)),
    ).toEqual([])
  })

  test('AdminJS: admin/', () => {
    const knows = imports.filter(({ to }) => /^@?adminjs(\/|$)/.test(to)).map(({ from }) => from)
    expect(knows.filter((file) => !file.startsWith('admin/'))).toEqual([])
  })

  test('rows: no door holds the database, but for AdminJS’s adapter, the sessions, the health checks and the worker’s presence', () => {
    const named = [
      'admin/define/domain-resource.ts',
      'portal/host/sessions.server.ts',
      'portal/host/health.ts',
      'worker/presence.ts',
    ]
    expect(
      offences(
        (path) => /^(admin|portal|worker)\//.test(path) && !named.includes(path),
        ({ to, typeOnly }) => typeOnly || to !== 'resources/shared/db.server.ts',
      ),
    ).toEqual([])
  })
})

/** The strings of a file and the text of its elements, with the line where each begins. */
function words(file: string): { text: string; line: number }[] {
  const tree = ts.createSourceFile(file, source.get(file) ?? '', ts.ScriptTarget.Latest, true)
  const found: { text: string; line: number }[] = []
  const visit = (node: ts.Node) => {
    if (ts.isStringLiteralLike(node) || ts.isJsxText(node) || isPieceOfTemplate(node))
      found.push({ text: node.text, line: tree.getLineAndCharacterOfPosition(node.getStart()).line + 1 })
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

const isPieceOfTemplate = (node: ts.Node): node is ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail =>
  ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)

test('French for people’s eyes keeps its signs with their words: no-break spaces', () => {
  // SMS leave in GSM-7, which has none; the console has no page to break.
  const except = ['message/template/defaults', 'message/sms-text', 'shared/env.server'].map(
    (name) => `resources/${name}.ts`,
  )
  const shown = files.filter((file) => /^(admin|portal|resources)\//.test(file) && !except.includes(file))
  const broken = shown.flatMap((file) =>
    words(file)
      .filter(({ text }) => /[ \n][:;?!»]|«[ \n]/.test(text))
      .map(({ line }) => `${file}:${line}`),
  )
  expect(broken).toEqual([])
})
