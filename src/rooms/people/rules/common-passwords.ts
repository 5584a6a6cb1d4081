import { dictionary } from '@zxcvbn-ts/language-common';

/** The walks over a keyboard, and the words of this trade and country, that no list has. */
const ours = `
  password passw0rd p@ssword p4ssw0rd passwort passphrase mypassword newpassword thepassword
  password1 pass changeme changeit letmein letmeinnow letmeinplease openup opensesame welcome
  welcometo welcomeback welcomehome admin administrator adminadmin root rootroot superuser
  sysadmin user username guest default test testing tester testtest temp temporary secret
  topsecret supersecret security secure login logmein signin access accessdenied master qwerty
  qwertyuiop qwertyui qwerty123 qwertyqwerty asdfghjkl asdfgh asdf zxcvbnm zxcvbn qazwsx qazwsxedc
  qazwsxedcrfv 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 zaq12wsx q1w2e3r4
  q1w2e3r4t5 q1w2e3r4t5y6 qweasdzxc qweasd abc abcd abcdef abcdefg abcdefgh abcdefghij
  abcdefghijkl abc123 abcd1234 aaaaaa a1b2c3d4 a1b2c3d4e5f6 a1b2c3 123456 1234567 12345678
  123456789 1234567890 123456789012 123456789123 12345678910 0123456789 0987654321 987654321
  9876543210 123123 123123123 123321 112233 121212 111111 11111111 000000 00000000 222222 333333
  555555 654321 666666 696969 777777 888888 999999 147258369 159753 159357 123qwe qwe123 123abc
  102030 010203 iloveyou iloveyouforever ilovemykids ilovemyfamily loveyou lovely lovers love
  family mylove myfamily forever monkey dragon football baseball basketball liverpool arsenal
  chelsea chelseafc everton manutd manchester manchesterunited mancity tottenham westham rangers
  celtic newcastle leedsunited england unitedkingdom greatbritain britain london sunshine princess
  shadow superman batman spiderman starwars pokemon naruto minecraft fortnite nintendo playstation
  flower summer winter autumn spring summertime wintertime springtime christmas birthday january
  february march april august september october november december monday tuesday wednesday
  thursday friday saturday sunday charlie thomas george william harry jessica ashley michael
  michelle daniel andrew jordan hannah sophie jasmine samantha nicole jennifer cheese chocolate
  biscuit orange banana pepper ginger cookie butterfly rainbow unicorn elephant tigger snoopy
  computer internet google facebook instagram microsoft windows office excel outlook teams samsung
  apple whatever nothing something trustno hunter killer hello helloworld hello123 goodmorning
  goodluck freedom blessed jesus jesuschrist godisgood council mycouncil borough county
  localcouncil safeguarding safeguard children childrensservices childrenservices socialwork
  socialworker socialcare socialservices ofsted improvementplan correcthorsebatterystaple
  thequickbrownfox letmeinagain donotforget nopassword idontknow ihatepasswords
`
  .trim()
  .split(/\s+/);

/**
 * Passwords and words that are tried first, in lower case: some 49,000 of published lists
 * (zxcvbn-ts, locked in package-lock.json) and our own. Digits that follow one of these words do
 * not make it a good password: see `passwordProblems`.
 */
export const commonPasswords: ReadonlySet<string> = new Set([
  ...dictionary['passwords-common'],
  ...ours,
]);
