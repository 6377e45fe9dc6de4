import type { Language } from '../shared/language'

/** What the page that ends SMS says, in a language. */
export interface StopWords {
  title: string
  done: { title: string; text: string; after: string }
  unofficial: string | null
  number: string
  warning: { title: string; text: string }
  effects: readonly string[]
  stop: string
  leave: string
  paperPrevails: string
}

export const stopWords: Record<Language, StopWords> = {
  fr: {
    title: 'Ne plus recevoir de SMS',
    done: {
      title: 'C’est fait. Vous ne recevrez plus de SMS.',
      text: 'Vous devez toujours venir à vos rendez-vous. Gardez bien vos convocations papier.',
      after:
        'Pour recevoir de nouveau les SMS, demandez-le à votre conseiller ou au service qui vous convoque.',
    },
    unofficial: null,
    number: 'Ce lien concerne le numéro',
    warning: {
      title: 'Vous devez toujours venir à vos rendez-vous',
      text: 'Sans SMS, personne ne vous les rappellera. Gardez bien vos convocations papier.',
    },
    effects: [
      'Vous ne recevrez plus aucun SMS de «\u00a0RDV Justice\u00a0», dès maintenant.',
      'Rien d’autre ne change dans votre suivi.',
      'Pour en recevoir de nouveau, demandez-le à votre conseiller.',
    ],
    stop: 'Ne plus recevoir de SMS',
    leave: 'Ne rien changer, aller à l’accueil',
    paperPrevails:
      'Seule la convocation papier a une valeur juridique. Si une information est différente ici, suivez le papier et appelez le service.',
  },
  en: {
    title: 'Stop text messages',
    done: {
      title: 'Done. You will get no more text messages.',
      text: 'You must still come to your appointments. Keep your paper summonses.',
      after: 'To get text messages again, ask your probation officer or the service that summons you.',
    },
    unofficial: 'This translation is here to help you. It is not official: the French text prevails.',
    number: 'This link is about the number',
    warning: {
      title: 'You must still come to your appointments',
      text: 'Without text messages, nobody will remind you of them. Keep your paper summonses.',
    },
    effects: [
      'You will get no more text messages from “RDV Justice”, from now on.',
      'Nothing else changes in how you are followed.',
      'To get them again, ask your probation officer.',
    ],
    stop: 'Stop text messages',
    leave: 'Change nothing, go to the home page (in French)',
    paperPrevails:
      'Only the paper summons has legal value. If anything here is different, follow the paper and call the service.',
  },
  ar: {
    title: 'إيقاف الرسائل النصية',
    done: {
      title: 'تمّ ذلك. لن تصلكم رسائل نصية بعد الآن.',
      text: 'يجب عليكم دائماً الحضور إلى مواعيدكم. احتفظوا بالاستدعاءات الورقية.',
      after: 'لتلقي الرسائل النصية من جديد، اطلبوا ذلك من مستشاركم أو من المصلحة التي تستدعيكم.',
    },
    unofficial: 'هذه الترجمة لمساعدتكم وليست رسمية: النص الفرنسي هو المعتمد.',
    number: 'يخص هذا الرابط الرقم',
    warning: {
      title: 'يجب عليكم دائماً الحضور إلى مواعيدكم',
      text: 'بدون رسائل نصية لن يذكّركم أحد بها. احتفظوا بالاستدعاءات الورقية.',
    },
    effects: [
      'لن تصلكم أي رسالة نصية من «RDV Justice» ابتداءً من الآن.',
      'لا يتغير أي شيء آخر في متابعتكم.',
      'لتلقيها من جديد، اطلبوا ذلك من مستشاركم.',
    ],
    stop: 'إيقاف الرسائل النصية',
    leave: 'عدم تغيير أي شيء والذهاب إلى الصفحة الرئيسية (بالفرنسية)',
    paperPrevails:
      'الاستدعاء الورقي وحده له قيمة قانونية. إذا كانت معلومة هنا مختلفة، فاتبعوا الورقة واتصلوا بالمصلحة.',
  },
}
