// The two languages of the office. Words stand in pairs, so a missing one does not compile; Chinese is the first.

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { Bilingual } from '../../contract/console/console-door.ts'

export type Language = 'zh' | 'en'
export interface Words<Text> {
  zh: Text
  en: Text
}

/** Both languages say the same things. */
export function words<Text>(both: { zh: Text; en: NoInfer<Text> }): Words<Text> {
  return both
}

const KEPT = 'boai-office-language'
const LanguageContext = createContext<{ language: Language; change: (language: Language) => void }>({ language: 'zh', change: () => undefined })

export function LanguageOf({ children }: { children: ReactNode }): ReactNode {
  const [language, change] = useState<Language>(() => (localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh'))
  useEffect(() => {
    localStorage.setItem(KEPT, language)
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }, [language])
  return <LanguageContext.Provider value={{ language, change }}>{children}</LanguageContext.Provider>
}

export function useLanguage(): { language: Language; change: (language: Language) => void } {
  return useContext(LanguageContext)
}

export function useWords<Text>(both: Words<Text>): Text {
  return both[useLanguage().language]
}

/** For data that central has in both. */
export function useOf(): (named: Bilingual) => string {
  const { language } = useLanguage()
  return (named) => named[language] || named.zh || named.en
}
