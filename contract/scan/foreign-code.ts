// Owns what the codes of other people's systems look like: payment, links, health, Wi-Fi. It never opens or follows one.
// It refuses to keep the text: a payment code is money and a health code is a person, so only the scheme leaves here.
// Sources of the digit rules: WeChat Pay 18 digits from 10 to 15, Alipay 16 to 24 digits from 25 to 30, UnionPay 19 or 20 from 62.

export type ForeignScheme = 'payment' | 'url' | 'health' | 'wifi' | 'text'

const weChatPayDigits = /^1[0-5][0-9]{16}$/
const alipayDigits = /^(?:2[5-9]|30)[0-9]{14,22}$/
const unionPayDigits = /^62[0-9]{17,18}$/

const paymentSchemes = /^(?:wxp|alipays?|alipayqr|weixin|unionpay|upwallet|uppay):\/\//i
const paymentHosts = new Set([
  'qr.alipay.com',
  'mobilecodec.alipay.com',
  'ds.alipay.com',
  'mclient.alipay.com',
  'render.alipay.com',
  'payapp.weixin.qq.com',
  'payapp.wechatpay.cn',
  'pay.weixin.qq.com',
  'pay.wechatpay.cn',
  'wx.tenpay.com',
  'qr.95516.com',
  'qr.chinaums.com',
])

const anyScheme = /^[a-z][a-z0-9+.-]{1,31}:\/\//i
const httpHost = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i
const bareLink = /^www\.[^\s/]+\.[^\s]+$/i
const wifi = /^WIFI:/i

// The health codes of 2020 to 2022 and the electronic health card that outlived them (index digest, flag, issuer).
const healthLink = /jkm|jiankangma|health[-_]?(?:code|card|kit)|suishenma|suikang|yuekang/i
const healthText = /健康码|健康卡|健康通行|防疫码|"label"\s*:\s*"AC_/
const electronicHealthCard = /^[0-9A-F]{64}:[01]:[0-9A-Z:]{1,128}$/i

/** True for the bare digits of a payment code; asked before item codes, because wallets also show theirs as Code 128. */
export function isPaymentDigits(text: string): boolean {
  return weChatPayDigits.test(text) || alipayDigits.test(text) || unionPayDigits.test(text)
}

/** Names the scheme of a text known to be neither a pass nor an item. */
export function nameForeignScheme(text: string): ForeignScheme {
  if (isPaymentDigits(text) || paymentSchemes.test(text)) return 'payment'
  if (wifi.test(text)) return 'wifi'
  const host = httpHost.exec(text)?.[1]?.toLowerCase()
  if (host !== undefined && paymentHosts.has(host)) return 'payment'
  if (electronicHealthCard.test(text) || healthText.test(text)) return 'health'
  const isLink = anyScheme.test(text) || bareLink.test(text)
  if (isLink && healthLink.test(text)) return 'health'
  return isLink ? 'url' : 'text'
}
