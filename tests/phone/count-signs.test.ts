// The phone's count while somebody types is central's, for what people write.

import { expect, test } from 'vitest'
import { cleanText } from '../../domain/clean-text.ts'
import { countCharacters } from '../../domain/count-characters.ts'
import { countSigns } from '../../phone/count-signs.ts'

test.each(['', ' 手套 ', '👨‍👩‍👧‍👦'.repeat(140), '❤️🇨🇳🇺🇳1️⃣👍🏽👩🏿‍🚒🏳️‍🌈🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'ماڭا قىش ئۈچۈن بىر جۈپ پەلەي كېرەك', 'é e\u0301', '\u202e\u200b \n', '𠮷𠮷', '<script>'])('%s', (typed) => {
  expect(countSigns(typed)).toBe(countCharacters(cleanText(typed)))
})
