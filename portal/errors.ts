const unexpected = {
  title: 'Erreur inattendue',
  text: 'Le problème vient de nous. Recommencez dans quelques minutes. Pour joindre le service qui vous convoque, regardez votre convocation papier.',
}
const unreadable = {
  title: 'Demande incomprise',
  text: 'Ce que le navigateur a envoyé n’est pas lisible. Revenez en arrière et recommencez.',
}

/** What a page that cannot be shown says: what happened, what to do. */
const words: Record<number, { title: string; text: string }> = {
  403: {
    title: 'Accès refusé',
    text: 'Cette page ne vous est pas ouverte. Ouvrez le site depuis l’accueil.',
  },
  404: {
    title: 'Page non trouvée',
    text: 'L’adresse a peut-être été mal recopiée, ou la page a changé. Cherchez le service qui vous convoque.',
  },
  405: {
    title: 'Demande incomprise',
    text: 'Cette page ne peut pas être utilisée ainsi. Ouvrez-la à nouveau depuis l’accueil.',
  },
  413: { title: 'Envoi trop volumineux', text: 'Raccourcissez ce que vous avez écrit, puis recommencez.' },
  429: { title: 'Trop de demandes', text: 'Attendez quelques minutes, puis recommencez.' },
  503: {
    title: 'Service indisponible',
    text: 'Le site revient dans quelques minutes. Pour joindre le service qui vous convoque, regardez votre convocation papier.',
  },
}

/** The same, to a person in their space, where it is said otherwise. */
export const ownErrorWords: Partial<Record<number, { title: string; text: string }>> = {
  403: { title: 'Accès refusé', text: 'Cette page ne vous est pas ouverte.' },
  404: {
    title: 'Page non trouvée',
    text: 'L’adresse a peut-être été mal recopiée, ou la page a changé.',
  },
  405: {
    title: 'Demande incomprise',
    text: 'Cette page ne peut pas être utilisée ainsi. Ouvrez-la à nouveau depuis le menu.',
  },
}

export function errorWords(status: number): { title: string; text: string } {
  return words[status] ?? (status >= 500 ? unexpected : unreadable)
}
