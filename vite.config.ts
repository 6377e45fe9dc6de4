import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import purgecss from '@fullhuman/postcss-purgecss'
import { vitePlugin as remix } from '@remix-run/dev'
import type { Plugin as PostCssPlugin } from 'postcss'
import { defineConfig, type Plugin } from 'vite'
import { tokensCss } from './resources/shared/design/tokens'

declare module '@remix-run/server-runtime' {
  interface Future {
    v3_singleFetch: true
  }
}

const core = join(import.meta.dirname, 'resources/')

/**
 * Keeps `resources/` out of the server bundle: the portal then shares its one pool, its one settings
 * and its error classes with the rest of the process.
 */
function oneCore(): Plugin {
  return {
    name: 'one-core',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!options.ssr || !importer || !source.startsWith('.')) return null
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true })
      return resolved?.id.startsWith(core)
        ? { id: relative('build/portal/server', resolved.id), external: 'absolute' }
        : null
    },
  }
}

/** Of the DSFR, what no page uses: accent colours, the dark theme (ours follows the system). */
const unused =
  /data-fr-theme|--[a-z-]*(tilleul|bourgeon|emeraude|menthe|archipel|ecume|cumulus|glycine|macaron|tuile|tournesol|moutarde|terre-battue|cafe-creme|caramel|opera|gris-galet)/

/**
 * `@tokens;` becomes our custom properties. The State's fonts (portal/styles/etat.css brings them where
 * BRAND=etat), the DSFR's icons (ours are drawn in the page) and most of its palette stay behind.
 */
const sheets: PostCssPlugin = {
  postcssPlugin: 'sheets',
  Once(root, { postcss }) {
    root.walkAtRules('tokens', (rule) => void rule.replaceWith(postcss.parse(tokensCss())))
    root.walkAtRules('font-face', (rule) => {
      if (rule.toString().includes('../fonts/')) rule.remove()
    })
    root.walkRules((rule) => {
      if (rule.selectors.every((selector) => unused.test(selector))) rule.remove()
    })
    root.walkDecls((declaration) => {
      if (unused.test(declaration.prop) || declaration.value.includes('/icons/')) declaration.remove()
    })
  },
}

/** Classes whose end is a variable: `fr-alert--${kind}`. All that begin so are kept. */
const begun = readdirSync('portal', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.tsx'))
  .flatMap((file) => readFileSync(join('portal', file), 'utf8').match(/\b(?:fr|msj)-[\w-]*(?=\$\{)/g) ?? [])
  .map((beginning) => new RegExp(`^${beginning}`))

/** Of the sheets, takes the rules of classes and elements that no page names: a slow phone reads and weighs each rule. */
const named = purgecss({
  // The direction of a page is that of its language.
  content: ['portal/**/*.{ts,tsx}', 'resources/shared/language.ts'],
  // What React calls tabIndex is tabindex in the page.
  defaultExtractor: (source) => [source, source.toLowerCase()].flatMap((text) => text.match(/[\w-]+/g) ?? []),
  // The level of a heading is a variable too; any element may be focused.
  safelist: { standard: [...begun, /^h[1-6]$/, ':focus-visible'] },
})

export default defineConfig({
  publicDir: 'portal/public',
  plugins: [
    oneCore(),
    remix({
      appDirectory: 'portal',
      buildDirectory: 'build/portal',
      future: {
        v3_fetcherPersist: true,
        v3_lazyRouteDiscovery: true,
        v3_relativeSplatPath: true,
        v3_singleFetch: true,
        v3_throwAbortReason: true,
      },
    }),
  ],
  css: { postcss: { plugins: [sheets, named] } },
  // Two thousand icons, of which the bundler keeps those that are drawn.
  ssr: { noExternal: ['lucide-static'] },
  build: { assetsInlineLimit: 0, reportCompressedSize: false },
})
