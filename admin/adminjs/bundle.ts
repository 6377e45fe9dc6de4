/**
 * Makes what the back office sends to browsers: a first script, a file a screen, and one sheet, named after
 * their content so that browsers keep them for ever. Written to build/admin with a manifest; run by
 * `npm run build`, and by createAdmin when nothing was built.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build, transform, type Plugin } from 'esbuild'
import { tokensCss } from '../../resources/shared/design/tokens'

const here = import.meta.dirname
const root = join(here, '../..')
const destination = join(root, 'build', 'admin')

export interface AdminAssets {
  script: string
  style: string
  /** What the script needs from the start, read beside it. */
  preload: string[]
}

/** What AdminJS’s own screens carry, which a server never draws, and words of zod in other languages. */
const neverDrawn =
  /^(@tiptap\/|prosemirror-|linkifyjs|@tinymce\/|react-feather$|react-phone-input-2|react-currency-input-field)|\/illustrations\/|\/rocket-svg\.js$|\/phone-input\.styles\.js$|^\.\.\/locales\/index\.js$/

/** Leaves a hollow shape in place of the modules of these names. */
function absent(names: RegExp): Plugin {
  const namespace = `absent: ${names.source}`
  return {
    name: namespace,
    setup(plugin) {
      plugin.onResolve({ filter: names }, ({ path }) => ({ path, namespace }))
      plugin.onLoad({ filter: /.*/, namespace }, () => ({
        contents: `
        const nothing = Object.assign(() => null, { create: () => null, configure: () => null, extend: () => null })
        // As a prototype: that is where the bundler looks names up once it has copied what it saw.
        const anyName = new Proxy({}, { get: (_, name) => name === '__esModule' || nothing })
        module.exports = Object.setPrototypeOf(() => null, anyName)`,
        loader: 'js',
      }))
    },
  }
}

/** The sheets of our bricks and screens as one, the base first, and the names it gives to the classes of each. */
async function bundleSheets(): Promise<{ style: string; names: Plugin }> {
  const entries = await readdir(join(here, '..'), { recursive: true, withFileTypes: true })
  const modules = entries
    .filter(({ name }) => name.endsWith('.module.css'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
  const { outputFiles } = await build({
    stdin: {
      contents: [
        `import ${JSON.stringify(join(here, '../ui/base.css'))}`,
        ...modules.map((path, index) => `import sheet${index} from ${JSON.stringify(path)}`),
        `export default { ${modules.map((path, index) => `${JSON.stringify(path)}: sheet${index}`).join(', ')} }`,
      ].join('\n'),
      resolveDir: here,
    },
    bundle: true,
    write: false,
    outdir: destination,
    format: 'esm',
    // Names stay readable: `button_main`.
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'error',
  })
  const textOf = (extension: string) => outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? ''
  const { default: classes } = (await import(
    `data:text/javascript,${encodeURIComponent(textOf('.js'))}`
  )) as { default: Record<string, object> }
  return {
    style: (await transform(tokensCss(), { loader: 'css', minify: true })).code + textOf('.css'),
    names: {
      name: 'class-names',
      setup(plugin) {
        plugin.onLoad({ filter: /\.module\.css$/ }, ({ path }) => ({
          contents: JSON.stringify(classes[path]),
          loader: 'json',
        }))
      },
    },
  }
}

/** Of AdminJS the browser runs the store; what is not among its exports has a name here. */
const adminJsStore: Plugin = {
  name: 'adminjs-store',
  setup(plugin) {
    plugin.onResolve({ filter: /^adminjs-frontend\/store$/ }, () => ({
      path: join(root, 'node_modules/adminjs/lib/frontend/store/store.js'),
    }))
    // Its screens are not drawn: their weight is refused rather than carried unseen.
    plugin.onResolve({ filter: /^@adminjs\/design-system/ }, ({ importer }) => ({
      errors: [{ text: `${importer} draws with AdminJS’s own bricks: use those of admin/ui` }],
    }))
  },
}

/** Words of react-aria and zod in the languages of others. */
const frenchOnly: Plugin = {
  name: 'french-only',
  setup(plugin) {
    const empty = { path: 'none', namespace: 'other-language' }
    plugin.onResolve({ filter: /\/[a-z]{2}-[A-Z]{2}\.(m?js|cjs)$/ }, ({ path }) =>
      /(fr-FR|en-US)\.\w+$/.test(path) ? undefined : empty,
    )
    plugin.onResolve({ filter: /^\.\.\/locales\/index\.js$/ }, ({ importer }) =>
      importer.includes('/zod/') ? empty : undefined,
    )
    plugin.onLoad({ filter: /.*/, namespace: 'other-language' }, () => ({ contents: 'export default {}' }))
  },
}

/** Builds and returns the public names of the files. */
export async function bundleAdmin(): Promise<AdminAssets> {
  const { style, names } = await bundleSheets()
  const entry = 'admin/adminjs/browser.tsx'
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    minify: true,
    outdir: destination,
    entryNames: 'back-office.[hash]',
    chunkNames: 'back-office.[name].[hash]',
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    legalComments: 'none',
    logLevel: 'error',
    define: {
      'process.env.NODE_ENV': '"production"',
      global: 'window',
    },
    plugins: [adminJsStore, frenchOnly, names],
  })
  const outputs = Object.entries(metafile.outputs)
  const [script, { imports }] = outputs.find(([, output]) => output.entryPoint === entry) ?? [
    '',
    { imports: [] },
  ]
  const assets = {
    script: basename(script),
    style: `back-office.${digest(style)}.css`,
    preload: imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => basename(path)),
  }
  const files: [string, string | Uint8Array][] = outputFiles.map(({ path, contents }) => [
    basename(path),
    contents,
  ])
  await mkdir(destination, { recursive: true })
  for (const [name, content] of [...files, [assets.style, style] as const]) {
    await place(name, content)
    await place(`${name}.gz`, gzipSync(content, { level: 9 }))
    await place(
      `${name}.br`,
      brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    )
  }
  await place('manifest.json', JSON.stringify(assets))
  return assets
}

/** AdminJS's own bundler, which bundleAdmin replaces: a compiler and all that it carries. */
const neverRun = /^(@babel\/(core|preset-|helper-module)|rollup$|@rollup\/|rollup-plugin-|esbuild$|ora$)/

/** One file of what the server uses of AdminJS, read ten times faster than its packages: see adminjs.ts. */
export async function bundleServer(): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'packages.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    logLevel: 'error',
    // One of each in the process.
    external: ['express', 'express-formidable', 'express-session', 'react', 'react-dom', '@prisma/client'],
    // AdminJS reads its package.json beside its own folder.
    define: { 'import.meta.url': 'ownUrl' },
    banner: {
      js: `import { createRequire } from 'node:module'
const ownUrl = new URL('../../node_modules/adminjs/lib/', import.meta.url).href
const require = createRequire(ownUrl)`,
    },
    plugins: [absent(neverRun), absent(neverDrawn)],
  })
  await mkdir(destination, { recursive: true })
  await place('adminjs.mjs', outputFiles[0]?.contents ?? '')
}

/** What was built; builds when nothing was. */
export async function adminAssets(): Promise<AdminAssets> {
  try {
    return JSON.parse(await readFile(join(destination, 'manifest.json'), 'utf8')) as AdminAssets
  } catch {
    return bundleAdmin()
  }
}

export const assetsFolder = destination

const digest = (content: string | Uint8Array) =>
  createHash('sha256').update(content).digest('hex').slice(0, 8).toUpperCase()

/** Whole or not at all: two processes may build at the same time. */
async function place(name: string, content: string | Uint8Array): Promise<void> {
  const draft = join(destination, `${name}.${process.pid}`)
  await writeFile(draft, content)
  await rename(draft, join(destination, name))
}

if (import.meta.url === `file://${process.argv[1]}`) {
  await rm(destination, { recursive: true, force: true })
  await Promise.all([bundleAdmin(), bundleServer()])
}
