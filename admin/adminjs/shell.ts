import { env } from '../../resources/shared/env.server'
import { mark } from '../../resources/shared/design/mark'
import { tokens } from '../../resources/shared/design/tokens'
import { initializeStore, type AdminJS } from './adminjs'
import type { AdminAssets } from './bundle'

/** The first script carries the nonce of the answer; those it reads when a screen is drawn are our own files. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    // Positions of popups, widths of meters: written on elements as they are drawn.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}

/** The mark of the menu. In the page: no request, no other host. */
const icon = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-6 -6 36 36"><rect x="-6" y="-6" width="36" height="36" rx="8" fill="${tokens.brand}"/><path d="${mark}" fill="none" stroke="#fff" stroke-width="2"/></svg>`,
)}`

/**
 * The page every address of the back office answers with; the browser draws the rest. AdminJS's own
 * template calls another host and writes its state where a name could close the script.
 */
export async function shell(
  admin: AdminJS,
  currentAdmin: { email: string },
  { assets, nonce }: { assets: AdminAssets; nonce: string },
): Promise<string> {
  const store = await initializeStore(admin, { ...currentAdmin, supportEmail: env.SUPPORT_EMAIL })
  const state = JSON.stringify(store.getState()).replaceAll('<', '\\u003c')
  return `<!doctype html>
<html lang="fr" data-door="back-office">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Mon Suivi Justice</title>
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="/admin/assets/${assets.style}">
<script type="application/json" id="state" nonce="${nonce}">${state}</script>
${assets.preload.map((name) => `<link rel="modulepreload" href="/admin/assets/${name}">\n`).join('')}<script type="module" src="/admin/assets/${assets.script}" nonce="${nonce}"></script>
</head>
<body>
<div id="app"></div>
<noscript>
<main class="noscript surface">
<h1>L’espace des agents a besoin de JavaScript</h1>
<p>Activez-le dans votre navigateur, puis rechargez la page. Si votre service l’interdit, demandez-le à votre correspondant informatique.</p>
</main>
</noscript>
</body>
</html>
`
}
