// Words of signing in and of accepting an invitation.

import { words } from './language.tsx'

export const signInWords = words({
  zh: {
    title: '登录后台',
    name: '登录名',
    password: '密码',
    code: '六位数字',
    codeHint: '手机验证器里当前显示的数字。',
    signIn: '登录',
    passkey: '用通行密钥登录',
    ended: '登录已结束：半小时没有操作、满十二小时、在别处被结束，或账号已停用。请重新登录。',
    invitation: {
      title: (name: string) => `${name}，您好`,
      lead: '设一个密码，再用手机验证器扫下面的码，就可以登录后台了。',
      signInName: '您的登录名',
      role: '您的角色',
      password: '设一个密码',
      passwordHint: '至少 12 个字符，可以是一句话；不含登录名。',
      scan: '用手机验证器扫码',
      scanHint: '任何支持 TOTP 的验证器都可以（如微信小程序“腾讯身份验证器”）。',
      type: '扫不了？手工输入这串密钥',
      code: '验证器里的六位数字',
      accept: '完成并登录',
      qrAlt: '验证器的二维码',
    },
  },
  en: {
    title: 'Sign in to the office',
    name: 'Sign-in name',
    password: 'Password',
    code: 'Six digits',
    codeHint: 'The present ones of your authenticator.',
    signIn: 'Sign in',
    passkey: 'Sign in with a passkey',
    ended: 'Your session has ended: half an hour without an act, twelve hours in all, ended elsewhere, or the account was closed. Please sign in again.',
    invitation: {
      title: (name) => `Welcome, ${name}`,
      lead: 'Choose a password, scan the code with an authenticator app, and you are in.',
      signInName: 'Your sign-in name',
      role: 'Your role',
      password: 'Choose a password',
      passwordHint: 'At least 12 signs; a sentence is fine; without your sign-in name.',
      scan: 'Scan it with your authenticator',
      scanHint: 'Any authenticator app for TOTP will do.',
      type: 'No camera? Type this key',
      code: 'The six digits it shows',
      accept: 'Finish and sign in',
      qrAlt: 'QR code for the authenticator',
    },
  },
})
