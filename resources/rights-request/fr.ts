import type { RequestKind, RequestOutcome } from './schema'

export const rightsRequestRefusals = {
  'rights_request.received_outside':
    'La demande a été reçue aujourd’hui ou avant. Exemple\u00a0: 12/04/2026.',
  'rights_request.answered': 'Cette demande a déjà sa réponse.',
  'rights_request.answered_outside':
    'La réponse est donnée entre le jour de la demande et aujourd’hui. Exemple\u00a0: 12/04/2026.',
  'rights_request.erase':
    'Pour l’accorder, supprimez la fiche\u00a0: la demande disparaît avec elle. Ici, dites ce qui est refusé, et pourquoi.',
  'rights_request.not_limited': 'L’utilisation de cette fiche n’est pas limitée.',
} satisfies Record<`rights_request.${string}`, string>

export const requestKindWords: Record<RequestKind, string> = {
  access: 'Accès aux données',
  rectification: 'Rectification',
  erasure: 'Effacement',
  limitation: 'Limitation',
}

/** In a sentence, after "demande". */
export const ofRequestKind: Record<RequestKind, string> = {
  access: 'd’accès aux données',
  rectification: 'de rectification',
  erasure: 'd’effacement',
  limitation: 'de limitation',
}

export const requestOutcomeWords: Record<RequestOutcome, string> = {
  granted: 'Accordée',
  partly_granted: 'Accordée en partie',
  refused: 'Refusée',
}

/** How each is granted, said to who answers it. */
export const requestGuidance: Record<RequestKind, string> = {
  access: 'Donnez à la personne l’export de ses données, depuis sa fiche.',
  rectification: 'Corrigez la fiche, puis dites ici ce qui a été corrigé.',
  erasure:
    'Pour l’accorder, supprimez la fiche, même archivée ou limitée\u00a0: la demande disparaît avec elle. Ici, dites ce qui est refusé, et pourquoi.',
  limitation:
    'Accordée, la fiche se lit encore et ne sert plus\u00a0: plus de convocation, plus de SMS, plus de modification, jusqu’à ce que vous leviez la limitation.',
}
