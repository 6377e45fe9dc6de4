const subjects: Readonly<Record<string, string>> = {
  probationer: 'la fiche',
  appointment: 'une convocation',
  rights_request: 'une demande sur les données',
}

const verbs: Readonly<Record<string, string>> = {
  view: 'a ouvert',
  export: 'a exporté',
  create: 'a créé',
  update: 'a modifié',
  delete: 'a supprimé',
  archive: 'a archivé',
  unarchive: 'a désarchivé',
  merge: 'a fusionné',
  compare: 'a comparé à une autre',
  cancel: 'a annulé',
}

/** What was done, after the name of who did it. */
export function traceSentence({ action, subject }: { action: string; subject: string }): string {
  if (action === 'look_up') return 'a vu une identité semblable, depuis un autre ressort'
  const verb = verbs[action] ?? 'a agi sur'
  return `${verb} ${subjects[subject] ?? 'ce qui la concerne'}`
}
