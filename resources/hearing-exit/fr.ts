import type { DeskType } from './schema'

export const deskWords: Record<DeskType, { entry: string; title: string; empty: string }> = {
  hearing_exit_sentence_judge: {
    entry: 'Devant le JAP',
    title: 'Sortie d’audience devant le JAP',
    empty: 'Aucun créneau de sortie d’audience devant le JAP à venir',
  },
  hearing_exit_probation: {
    entry: 'Au SPIP',
    title: 'Sortie d’audience au SPIP',
    empty: 'Aucun créneau de sortie d’audience au SPIP à venir',
  },
  electronic_tag_fitting: {
    entry: 'Pose de bracelet',
    title: 'Pose de bracelet électronique',
    empty: 'Aucun créneau de pose de bracelet à venir',
  },
}
