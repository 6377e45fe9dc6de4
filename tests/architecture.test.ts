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
  const found: Import[] = []
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier && ts.isStringLiteralLike(specifier))
      found.push({ from, to: fileMeant(from, specifier.text), typeOnly })
  }
  visit(from, (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node))
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false)
  })
  return found
}

/** `import type …`, or each name marked as a type. */
function isTypeOnly({ importClause }: ts.ImportDeclaration): boolean {
  const named = importClause?.namedBindings
  return (
    importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
    (named !== undefined &&
      !importClause?.name &&
      ts.isNamedImports(named) &&
      named.elements.length > 0 &&
      named.elements.every((element) => element.isTypeOnly))
  )
}

function fileMeant(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier
  const path = posix.join(posix.dirname(from), specifier)
  return [`${path}.ts`, `${path}.tsx`, `${path}/index.ts`, path].find((file) => source.has(file)) ?? path
}

/** Each node of a file. */
function visit(file: string, look: (node: ts.Node, tree: ts.SourceFile) => void): void {
  const text = source.get(file) ?? ''
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind)
  const walk = (node: ts.Node) => {
    look(node, tree)
    ts.forEachChild(node, walk)
  }
  walk(tree)
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
    const packages = [
      ...['zod', 'libphonenumber-js/max', 'lucide-static'],
      // Markdown as a tree, for the page, its editor and its file alike.
      ...['unified', 'remark-parse', 'remark-gfm', 'remark-directive'],
    ]
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

  test('the space of a person reads its own queries, and no other; nothing there acts as an agent', () => {
    const ofTheSpace =
      /^portal\/(routes\/(espace|i\.|mdp\.)|components\/(own-|space-|choose-space)|own-calendar|space\.server)/
    const theirs =
      /^resources\/probationer-space\/(queries\/(mine|link)|commands\/(choices|export|password|sign-in|sessions))\.server/
    expect(
      offences(
        (path) => ofTheSpace.test(path),
        ({ to }) => !inResources(to) || theirs.test(to) || subjectOf(to) === 'shared' || isPure(to),
      ),
    ).toEqual([])
  })
})

test('nothing cites a page that is not in the repository', () => {
  const cited = /(?<![\w.-])\d{2} §|§ ?\d|\b[Ii]ssue \d|\b[Ff]ault \d|\/work\/|\.\.\/shared\/(domain|screens)/
  expect(lines(cited, () => false)).toEqual([])
})

describe('one place for', () => {
  test('the environment: env.server.ts', () => {
    expect(lines(/(?<!['"])process\.env\b/, (file) => file === 'resources/shared/env.server.ts')).toEqual([])
  })

  test('the clock: transact.server.ts, the seed which invents the past, and the browser which has its own', () => {
    const except = (file: string) =>
      file === 'resources/shared/transact.server.ts' ||
      file.startsWith('prisma/seed/') ||
      /^(admin\/(client|forms|frame|home|screens|ui)|portal\/scripts)\//.test(file)
    expect(lines(/\bnew Date\(\)|\bDate\.now\(\)/, except)).toEqual([])
  })

  test('raw SQL: reads, hot writes, traces, locks, jobs, claims, erasure, migrations, health', () => {
    const named =
      /(^|\/)(queries|lock|enqueue|throttle|db|prepared|scope)(\.server\.ts|\/)|\.sql\.server\.ts|^resources\/(audit|history-entry)\/commands\.server\.ts|^resources\/message\/commands\/(pace|sweep)\.server\.ts|^resources\/retention\/|^prisma\/|^portal\/host\/(health|sessions\.server)\.ts|^worker\/presence\.ts/
    expect(
      lines(/\$(query|execute)Raw|\bPrisma\.(sql|raw)\b|\.query(<[^(]*>)?\((?!\))/, (file) =>
        named.test(file),
      ),
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
  const found: { text: string; line: number }[] = []
  visit(file, (node, tree) => {
    if (ts.isStringLiteralLike(node) || ts.isJsxText(node) || isPieceOfTemplate(node))
      found.push({ text: node.text, line: tree.getLineAndCharacterOfPosition(node.getStart()).line + 1 })
  })
  return found
}

const isPieceOfTemplate = (node: ts.Node): node is ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail =>
  ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)

test('French for people’s eyes keeps its signs with their words: no-break spaces', () => {
  // SMS leave in GSM-7, which has none; the console has no page to break.
  const except = [
    'resources/message/template/defaults.ts',
    'resources/message/sms-text.ts',
    'resources/shared/env.server.ts',
    'portal/host/serve.ts',
  ]
  const shown = files.filter((file) => /^(admin|portal|resources)\//.test(file) && !except.includes(file))
  const broken = shown.flatMap((file) =>
    words(file)
      .filter(({ text }) => /[ \n][:;?!»]|«[ \n]/.test(text))
      .map(({ line }) => `${file}:${line}`),
  )
  expect(broken).toEqual([])
})
