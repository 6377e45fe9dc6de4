import { daysBetween, isoWeekday, type CivilDate, type CivilTime } from '../../shared/civil-time'
import type { Opening } from '../rules'
import type { OpeningRange } from '../schema'
import type { Question, ServiceWords } from './words'

// Figures as on the papers and on the phones of here.
const dates = new Intl.DateTimeFormat('ar-u-nu-latn', { dateStyle: 'long', timeZone: 'UTC' })
const dateWords = (date: CivilDate) => dates.format(new Date(`${date}T12:00:00Z`))
const weekdays = ['الاثنين', 'الثلاثاء', 'الأربعاء', 'الخميس', 'الجمعة', 'السبت', 'الأحد']
const dayWords = (weekday: number) => weekdays[weekday - 1] ?? ''

const hourWords = (time: CivilTime) => time.replace(/^0/, '')
const rangeWords = ({ from, to }: OpeningRange) => `من ${hourWords(from)} إلى ${hourWords(to)}`

function openingWords(opening: Opening): string {
  if (opening.isOpen) {
    const [next] = opening.later
    const until = `مفتوح حتى ${hourWords(opening.until)}`
    return next ? `${until}، ثم ${rangeWords(next)}` : `مفتوح اليوم حتى ${hourWords(opening.until)}`
  }
  const { today, reopens } = opening
  if (!reopens) return 'مغلق حالياً'
  const days = daysBetween(today, reopens.date)
  const when =
    days === 0
      ? 'اليوم'
      : days === 1
        ? 'غداً'
        : `يوم ${days < 7 ? dayWords(isoWeekday(reopens.date)) : dateWords(reopens.date)}`
  return `مغلق، يفتح ${when} على الساعة ${hourWords(reopens.time)}`
}

const common: Question[] = [
  {
    question: 'أحتاج إلى مترجم أو إلى مساعدة خاصة',
    answer: [
      'اتصلوا بالمصلحة قبل الموعد. اذكروا لغتكم أو ما يساعدكم: مدخل بدون درج، موعد أقصر، شخص يرافقكم.',
    ],
  },
  {
    question: 'هل يمكنني إحضار طفلي؟ وماذا لو تأخرت؟',
    answer: [
      'اتركوا طفلكم مع شخص آخر إن أمكن. وإلا فاتصلوا بالمصلحة قبل المجيء.',
      'هل تأخرتم؟ اتصلوا فوراً وتعالوا رغم ذلك.',
    ],
  },
  {
    question: 'لم تصلني رسالة نصية',
    answer: [
      'اتبعوا الاستدعاء الورقي: هو المعتمد.',
      'الرسالة النصية مجرد مساعدة. قد لا تصل إذا تغيّر رقمكم: أعطوا المصلحة رقمكم الجديد.',
    ],
  },
  {
    question: 'لا أريد رسائل نصية بعد الآن',
    answer: [
      'اضغطوا على الرابط في آخر أول رسالة وصلتكم، أو أخبروا مستشاركم.',
      'يجب عليكم دائماً الحضور إلى مواعيدكم.',
    ],
  },
]

export const arabic: ServiceWords = {
  section: 'تحضير موعدي',
  purpose: {
    probation_service: 'هنا تجري مواعيد المتابعة الخاصة بكم.',
    court: 'هنا تقابلون القاضي الذي يتابع عقوبتكم، أو مكتبه.',
  },
  description: (officialName) => `${officialName}: العنوان والمواعيد والهاتف والأوراق المطلوبة.`,
  unofficial: 'هذه الترجمة لمساعدتكم وليست رسمية: النص الفرنسي هو المعتمد.',
  checking: {
    title: 'معلومات يجب التأكد منها',
    text: 'لم تراجع المصلحة هذه الصفحة مؤخرًا. اتصلوا قبل المجيء.',
  },
  phone: 'الهاتف',
  call: 'اتصلوا بالرقم',
  itinerary: { label: 'الطريق', to: (title) => ` إلى ${title} (OpenStreetMap)` },
  addressOnPaper: 'العنوان مكتوب على الاستدعاء الورقي.',
  reception: 'الاستقبال',
  security: 'التفتيش عند المدخل',
  transport: 'وسائل النقل',
  wheelchair: 'الدخول بالكرسي المتحرك',
  parking: 'بالسيارة',
  phoneHours: 'بالهاتف',
  opening: openingWords,
  days: ({ from, to }) => (from === to ? dayWords(from) : `من ${dayWords(from)} إلى ${dayWords(to)}`),
  ranges: (ranges) => ranges.map(rangeWords).join('، '),
  closed: ({ from, to }) =>
    from === to ? `مغلق يوم ${dateWords(from)}` : `مغلق من ${dateWords(from)} إلى ${dateWords(to)}`,
  hourOf: (cityName) => `بالتوقيت المحلي: ${cityName}.`,
  photoBy: (credit) => `الصورة: ${credit}`,
  absence: {
    title: 'لا تستطيعون المجيء؟',
    paragraphs: [
      'اتصلوا قبل الموعد واحتفظوا بإثبات (عمل، شهادة مرضية). قد يُبلَّغ القاضي بأي غياب دون سبب مقبول.',
    ],
    link: 'إخبار هذه المصلحة (استمارة بالفرنسية)',
  },
  prepare: 'الاستعداد للموعد',
  papers: {
    title: 'ما هي الأوراق التي يجب إحضارها؟',
    of: {
      probation_service: [
        'الاستدعاء الورقي ووثيقة هوية.',
        'العمل أو التكوين: العقد، كشوف الأجر، التسجيل في France Travail.',
        'العلاج: شهادات المواعيد.',
        'المدفوعات: للضحية، الغرامات، النفقة.',
        'السكن: عقد الإيجار، فاتورة، أو رسالة من الشخص الذي يؤويكم.',
      ],
      court: [
        'الاستدعاء الورقي ووثيقة هوية.',
        'قرار المحكمة، إن كان لديكم.',
        'العمل أو التكوين: العقد، كشوف الأجر، التسجيل في France Travail.',
        'العلاج والمدفوعات: شهادات، وصولات.',
        'السكن: عقد الإيجار، فاتورة، أو رسالة من الشخص الذي يؤويكم.',
      ],
    },
    missing: 'هل تنقصكم ورقة؟ تعالوا رغم ذلك.',
  },
  meeting: {
    probation_service: {
      question: 'كيف يجري الموعد؟',
      answer: [
        'احضروا قبل الموعد بعشر دقائق: كثيراً ما يكون هناك تفتيش عند المدخل.',
        'تقابلون مستشاراً. يدوم الموعد الأول من 30 دقيقة إلى ساعة.',
        'تتحدثون عن وضعكم: السكن والعمل والصحة والعائلة. يشرح لكم المستشار التزاماتكم وما سيأتي بعد ذلك.',
      ],
    },
    court: {
      question: 'كيف يجري الموعد؟',
      answer: [
        'احضروا قبل الموعد بخمس عشرة دقيقة: هناك تفتيش عند المدخل.',
        'أظهروا الاستدعاء في الاستقبال ليدلّوكم على القاعة.',
        'يشرح لكم القاضي أو الكتابة القرار، ويجيب عن أسئلتكم ويخبركم بما سيأتي بعد ذلك.',
      ],
    },
  },
  questions: {
    probation_service: [
      {
        question: 'هل يمكنني المجيء مع محامٍ؟',
        answer: ['نعم، وليس ذلك إلزامياً. أخبروا المصلحة قبل المجيء.'],
      },
      ...common,
    ],
    court: [
      {
        question: 'هل يمكنني المجيء مع محامٍ؟',
        answer: [
          'نعم، ويُنصح بذلك عندما يجب على القاضي أن يتخذ قراراً.',
          'إذا كان دخلكم ضعيفاً، فاطلبوا المساعدة القضائية (aide juridictionnelle): قد تدفع الدولة أتعاب المحامي.',
        ],
      },
      ...common,
    ],
  },
  partners: {
    title: 'من يستطيع مساعدتي قرب هذا المكان؟',
    lead: 'هذه الجهات توصي بها المصلحة.',
    theme: {
      work: 'العمل والتكوين',
      housing: 'السكن والإيواء',
      health: 'الصحة والإدمان',
      mental_health: 'الصحة النفسية',
      violence: 'العنف بين الزوجين',
      victims: 'مساعدة الضحايا',
      law: 'المشورة القانونية',
      social_rights: 'الحقوق الاجتماعية والإجراءات',
      family: 'العائلة والأبوة والأمومة',
      mobility: 'النقل ورخصة السياقة',
      digital: 'الحاسوب والإنترنت',
      french: 'اللغة الفرنسية، القراءة والكتابة',
      money: 'المال والديون',
      youth: 'الشباب',
      sport_and_culture: 'الرياضة والثقافة',
      food: 'المساعدة الغذائية',
      peers: 'المرافقة والتعاون',
    },
    audience: 'لمن',
    conditions: 'الشروط',
    hours: 'المواعيد',
    wheelchair: 'الدخول بالكرسي المتحرك',
  },
  aside: 'للعلم',
  paperPrevails:
    'الاستدعاء الورقي وحده له قيمة قانونية. إذا كانت معلومة هنا مختلفة، فاتبعوا الورقة واتصلوا بالمصلحة.',
  checkedOn: (date) => `راجعت المصلحة هذه الصفحة يوم ${dateWords(date)}.`,
  otherServices: 'مصالح أخرى (بالفرنسية)',
  understandSummons: 'فهم الاستدعاء',
  votes: {
    label: 'رأيكم في هذه الصفحة',
    question: 'هل ساعدتكم هذه الصفحة؟',
    yes: 'نعم',
    no: 'لا',
    thanks: 'شكراً، تم احتساب رأيكم.',
    error: 'الإبلاغ عن خطأ في هذه الصفحة (استمارة بالفرنسية)',
  },
}
