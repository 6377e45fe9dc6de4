import type { Request, Response } from 'express'
import { tokensCss } from '../../resources/shared/design/tokens'

const unexpected = {
  title: 'Erreur inattendue',
  text: 'Le problème vient de nous. Revenez en arrière et recommencez dans quelques minutes.',
}
const unreadable = {
  title: 'Demande incomprise',
  text: 'Ce que le navigateur a envoyé n’est pas lisible. Revenez en arrière et recommencez.',
}
/** What the host says itself, when no door can: plain sentences, what to do next. */
const words: Record<number, { title: string; text: string }> = {
  403: {
    title: 'Demande refusée',
    text: 'Cette demande vient d’un autre site. Ouvrez la page depuis l’accueil, puis recommencez.',
  },
  404: { title: 'Page non trouvée', text: 'L’adresse a peut-être été mal recopiée, ou la page a changé.' },
  411: {
    title: 'Envoi sans longueur',
    text: 'Le navigateur n’a pas dit la longueur de ce qu’il envoie, et rien n’a été lu. Revenez en arrière et recommencez, au besoin depuis un navigateur plus récent.',
  },
  413: {
    title: 'Envoi trop volumineux',
    text: 'Revenez en arrière et raccourcissez ce que vous avez écrit.',
  },
  429: { title: 'Trop de demandes', text: 'Attendez quelques minutes, puis recommencez.' },
  503: {
    title: 'Service momentanément indisponible',
    text: 'Le service revient dans quelques minutes. Si vous remplissiez un formulaire, revenez en arrière\u00a0: votre saisie y est encore.',
  },
}

const retryAfterSeconds: Record<number, string> = { 429: '600', 503: '10' }

const style = `${tokensCss()}
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.125rem/1.6 var(--font) }
main { max-width: 34rem; margin: 12vh auto 0; padding: 0 1.25rem }
h1 { font-size: 1.75rem; line-height: 1.25 }
a { color: var(--brand) }
small { color: var(--ink-2) }`

/** Whether a path is asked by a script of the back office, which reads JSON. */
export const isApi = (path: string): boolean => path.startsWith('/admin/api/')

/** Answers in the caller's language: JSON to a script of the back office, a page to a person. */
export function answer(req: Request, res: Response, status: number): void {
  const { title, text } = words[status] ?? (status >= 500 ? unexpected : unreadable)
  const requestId = String(res.locals.requestId)
  res.locals.answered = true
  const retryAfter = retryAfterSeconds[status]
  if (retryAfter) res.set('Retry-After', retryAfter)
  res.status(status).set('Cache-Control', 'no-store')
  if (isApi(req.originalUrl) || req.accepts(['html', 'json']) === 'json') {
    res.json({ ok: false, message: `${title}. ${text}`, fieldErrors: {}, requestId })
    return
  }
  const nonce = requestId.replaceAll('-', '')
  res.set('Content-Security-Policy', `default-src 'none'; style-src 'nonce-${nonce}'; frame-ancestors 'none'`)
  res.type('html').send(`<!doctype html>
<html lang="fr" data-door="portal">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title} – Mon Suivi Justice</title>
<style nonce="${nonce}">${style}</style>
</head>
<body><main>
<p><small>Erreur ${status}</small></p>
<h1>${title}</h1>
<p>${text}</p>
<p><a href="/">Revenir à l’accueil</a></p>
${status >= 500 ? `<p><small>Code à donner à l’assistance\u00a0: ${requestId}</small></p>` : ''}
</main></body>
</html>`)
}
