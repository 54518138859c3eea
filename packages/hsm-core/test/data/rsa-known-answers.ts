// Published answers for RSA and key wrapping, so that a clone alone proves each scheme. Base64.

/** The numbers a private key is made of. */
export interface KeyAnswer {
  readonly n: string;
  readonly d: string;
  readonly p: string;
  readonly q: string;
}

// RSA Laboratories, test vectors for PKCS #1 v2.1: oaep-vect.txt, example 10, 2,048 bits, SHA-1. e = 65537.
export const oaepKey: KeyAnswer = {
  n: 'rkXtVgHOxrjMBfgDk1xnTdvg11xMCf15UfxrDK7DE6jfOZcMUYv/ul7Wjz8NfyKkAp1BPxrgfk6+nkF3ziPn9UBLVp5O4b3PPB+wPvETgC1PhV65tRNLWnyAha3K5vovoUF+w3Y74XGwxit2Dt4jwSrZK5gIhMZB9aj6wmva1KAzgaIv4bdUiFCUyCUG1AGaU1ooav6ycbubpZLeGNz2AMKu6uVuAvfPefwUzzvcfNhP67v5UMqQMEsiGaeqBjrvosPBmA5WDNZK/neVhbYQdle5V4V+/eYBCYirfeQX/IjY84TE5ucsP5Q+DDHAxKXMNvh52KOsnX1Zhg6q2muDuw==',
  d: 'BWsEIW/l81SsdyUKS2sMhSWoXFmwvYDFZFCiLV9DjllqMzqodeKR3UP0jLiLnV/A1Jn5/NHDl/mvwHDNnjmMjRnmHbfHQQprJnXfv100W4BNIBrdUC1c4t/LCRzpmXu+vlcwbzg+TViBA/A29+hdGTTRUqMj5KjbRR1vSlsbDxAswVDgL+7iuI3qStTBusyyTYQHLRTh0kpncfdAjuMFZPuG1Dk6NLzwt4hQHRkzA/E6IoSwAfD2Ser3kyjUrFxDCrRBSSCpRg7Rt7xA7GU+h20Jq8UJrkW1JRkBFqDCYQGEgphQnBw786SD5ydAVOFelwdQNumJ9gkygHtSV3UeeQ==',
  p: '7PWuzR5VFf/6y9daKBbG6/SQGM37RjjhhdZqc5a2+AkPgBjH/ZXMNLhX3BfwzGUWuxNGq01YLK2te0EDNSOHtwM40IQEfJ2VObZJYgSz3W6kQkmSB77AH5ZCh/9jNsOYRlgzaEb1bkaGGIHBAjPSF2vxWl6W3ceAvIaKp30852k=',
  q: 'vEbEZPxqxMp4Ow6wijyEG3cvfpsvKLq9WIroheGgxh5IWKD7JawpmZDzW+hRZMJZuhF1zdcZJwcTUYSZK2wpt0bdDSyr4UKDX30UjMFhUktKCZRtSLgoRz8c52tstohsNFwD4F9B1RtcOpCj8kBzx9dKT+JdnPIcdZYPP8OGMYM=',
};

export const oaepAnswers: readonly {
  readonly name: string;
  readonly message: string;
  readonly seed: string;
  readonly ciphertext: string;
}[] = [
  {
    name: '10.1',
    message: 'i7pr+CpsD4bV8XVul5VocLCJU7BrTrIFvBaU7g==',
    seed: 'R+GrcRn+5WyV7l6q2G9A0KpjvTM=',
    ciphertext:
      'U+pdwIzSYPs7hYVnKH+pFVLDCy/r+6IT8K6HcC0GjRm6sH/ldFI9+0ITnWjDxa/u4L/ky3lpy/OCuATW5hOWFE4tDmB0H4mTwwFLWLmxlXqLq80jr4VPTDVvsWYqpyv8x+WGVZ3EKA0WDBJnhacj6+6+/3HxFZRECq74fRB5Ood0ojnUoEyH/hRnudr4UgjsbHJVeUqWzCkUL5qL1Bjjwf1nNEsM0IKd87K+xgJTGWKTxrNNP3XTLyE91Fxic9UFrfTM7RBXy3WPwmru+kQSVe1OZMGZ7gdefxZkYYL9tGRzm2irXa/w5j6VUgFoJPBUv008jJCpe7a2VTKE60KfzA==',
  },
  {
    name: '10.2',
    message: '5q0YHwU7WKkE8kV1EDc+Vw==',
    seed: 'bRf1tMH/rDUdGVv3sJ0J8JpAec8=',
    ciphertext:
      'orGkMKnWV+L6HCu17UP/slwFowj+kJPAEDF5X1h0QAEQgorlj7m1gc6d3dPlSa4EoJhUWb3mxiZZTnsF3EJ4sqFGXBNoQIgjyF6W3GbDowmDxjlmT8RWmjf+IeWhlbV3bu0t+NjTYa9obnUCKbvWY/FhhopQYV4MM3vsDKNf7AuxnDbrLgu8wFgvodk6rNsGEGP1nyzh7kNgXl2J7KGD0qzf6fgQEQIq07Q6PdQX2slLThHqgbGSlm6WaxgggucZZGB7T4AC82KZhEoR8q4PrqwurnD49PmAiKzc0KxVbp/MxRFSGQj60m8ExkIBRQMFd4dYsFOL+LW7FEqCjmKXlQ==',
  },
];

// The same, pss-vect.txt, example 10, 2,048 bits, SHA-1, a salt of 20 bytes. e = 65537.
export const pssKey: KeyAnswer = {
  n: 'pd2GesTLAvkLlFfUjBSncO+ZHFbDnA7GX9Ea+ok3zqV7m+esc7RcABdhW4LWIuMYdTtgJ8D9FXvhL4CQ/uKnrc0O73WfiLpJl8ekLVjJqhLLma4AH+UhwTu1QxRFqNWuT15MfpSKwifTYEBx8g5XfpBfvrFd+vBtHeWuYlPWOmohILMaXaXavJVQYA4g8n03OeJieSX+o8xQnyHf8E5u6kVJxUDWgJ/5MH7t6R//WHM9g4WiN9bTcFoz45GQCZIHDfet8TV89+NwDONmfeg/F7jfF3jbOB3OCctK0FilEQAac4GY7ifPVaE7dUU5kGWC7IsXS9WNXR89dnxhNyGuBQ==',
  d: 'LS/1Z7P+dOBhkbf97W3hEikMZwaSQw1ZaRhAR9ojTJaT3u0Wc+1ClTnJadNywE1rR+D1uM7ghD5cIoNdvTsFoJl5hK5gWLEbxJB8v2fthPqa4lLfsNDNSeYY4139/lm8o93WbDPOu8d61EGqaV4T4yS1GPAcYPWoXJlK0XnyprX76TQCsRdnvgG/BzRE1rod0rylvQdNSl+uNTGtEwPYSzDYlzGMu7oE4DwuZt5tkfgvluodS7VKWq4QLVlGV/XJeJVTUSspbeop2AIxljV+PjpulY8548I0QDjqYEsx7cbw9/9ucYGlfJKCaiaPhnaOlvh4Vi/HHYXWnkSGEvcEjw==',
  p: 'z9UCg/7uuX9vCNc8vHs4NvgrvNSZR59eb3b9/LizjE9x3J6IvWpvdjca/WXSrxhisyr7NKlfcbixMgQ//r46lSuvdZJEgUjAP5xpsdaOTOXPMshrr0b+0wHKGrQDBpsy9Fa5H3GJirCBzYxCUu9ScZFcl5S48pWFHadRD5nLc+s=',
  q: 'zE6Q0qGzoGXTstH1qPzjG1REdWZOq1YdKXG5n7e++ETo7B82C4wqyDWWkpcepqOPcj/MIR9dvLF3oP2sUWSh1P9/u06CmYY1PLmDZZoUjN1CDH0xujgi6pCjK+RsAw6MF+H6CtN4WeBrCqb6OyFtnL5sDiIzl2nAphWRPl2nGc8=',
};

export const pssAnswers: readonly {
  readonly name: string;
  readonly message: string;
  readonly salt: string;
  readonly signature: string;
}[] = [
  {
    name: '10.1',
    message: 'iDF35RJrm+LZqWgDJ9U3DG8mhh9YIMQ9pno61gk=',
    salt: 'BOIV7m/5NLnacNdzDIc0q/zs3ok=',
    signature:
      'gsKxYAk7iqPA91IrGfhzVAZsd4R6vyqfzlQtDoTpIMWvtJ/9/azhZWDulKE2lgEUjrrXoOFRzxYzF5Glcn0F8h505+uBFEAgaTXXRHZaFeefAVy2bFMsh6agWWHIv610GppmVwIolDk+ciNzl5bAKndFXQ9VWw7AHd8lm2IH/Q/VdhTO8aVXO6r/TsAAaZUWWbhfJDAKJRYMqFItxuZyflfQGdfmNim4/l6J4lzBW+s6ZHV3VZKZKAubKPebBAkAC+JbvZZAi6O0PMSGGE3RyOYlU/oa9AQPYGY95/XknAQ4jiV/HOicldq0ijFdm2axt2KCM4dv8jhSMNBw0H4WZg==',
  },
  {
    name: '10.3',
    message:
      'SLK2pXpjyEzqhZ1lxmgoSwjZa9yqviUtsOSpbLG6xgGTQdtvvvuNEGsOkO2mvMbGJi835+qcfl0ia9ffhexece//L1TF21d/9yn/kbhCSR3idB0MYxYH31hrkFsjuRrxPaEjBL+D7KinPocf+ds=',
    salt: 'Tpb8GzmPkrRGcQEMDcPv1uIMLXM=',
    signature:
      'bj5Ne2sV0vtGATuJAKpbuzk5zywJVxeYcEICbuYsdMVM/9XX1X77v5UKD1xXT6CdP8HJ9ROwW0/1Ddjfft+iAQKFTDXlkhgBGacM5bCFGCqgLZ6iqpDR3wPy2q6IW6L10Fr9rJdHbwa5O1vJShqAqpEWxNYV8zOwmIkrJf+s4mb121paO8wQqCTtVarTW3J4NPuMB9oo/PQWpdmyIk8fi0QrNvkeRW/eotfP4zZyaN4DB6THTpJBWe0zOT1eBlVTHHcye4mCG97fiAFhx4zUGWtUGfesw/E+Xr8WG258ZyRxbKM7hcLiVkAZKsKFllHVC95+uXblHOyCi5i2VjuGuw==',
  },
];

// Project Wycheproof (C2SP/wycheproof, testvectors_v1, Apache-2.0): one valid vector of each file, by its tcId.
export interface SignatureAnswer {
  readonly name: string;
  readonly scheme: 'pss' | 'pkcs1';
  readonly hash: 'SHA-256' | 'SHA-384' | 'SHA-512';
  readonly publicKey: string;
  readonly message: string;
  readonly signature: string;
}

export const signatureAnswers: readonly SignatureAnswer[] = [
  {
    name: 'rsa_pss_2048_sha256_mgf1_32_test 2',
    scheme: 'pss',
    hash: 'SHA-256',
    publicKey:
      'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAorRRoH0KpfluRVZxUTVQUUqKW0YuvvcXCU+h/ugiJOY3+XRtP3yv0xh42AMltu9aFwD2WQO0aUKeidbqyIRQl7WrOTGJ25JRLtincRoSU/rNIPecFegkfz0+QuRuSMmOJUov6XZTE6A+/48X4aApOXofomqNzib0kO2BKZYV2YFMItphBCjgnH2WWFlCZvXAIdD87KCNlFoSvoLeTR7Oa0wDFFtdNJXU7VQR64eNrwX9evw+Ca2g8RJkIvWQl1oZaYFvSGmLy7obTZyuedRg2Pn4Xnl1AF2bwixOWsD3waRdElaaYoB9O5oC5aUw53MGb0U9H1tMLpz3ggKD90K51QIDAQAB',
    message: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    signature:
      'BljGj+CJVkYFbZvKQipk/kiBO04U8MjEEi5W00W2gT3GKG/94BRhfjUcevCg0sDyhd73nLc04eBVol+m/dwcB9oXtLI1xjdBOxhJwkMR+nIzH0wEWMNkpJFt6GGbiE1+NyiPrRKSb8CR9IUWhqBP0KUE2849s3BmOm6mEo/qhsLKlMY+DTTX8shFtdcdml5URFH1JKRRrLhcSbunhk4KNKSGE6gZyvPf0NUQyUDx3yHDNzkVvh81CaVX+k1aTp8nPoVGeWETPiSCwJBzhkVCKPsCRmOGFvwxu7b6fCNhuANZlO7GmpI/TAuwuoaW3+ixQAwjmNezQ/30mLERbI3mAg==',
  },
  {
    name: 'rsa_pss_2048_sha384_mgf1_48_test 2',
    scheme: 'pss',
    hash: 'SHA-384',
    publicKey:
      'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzab6XKdr/gSS7Ffgo7//cnLcjR4lrR+zOKoFDwLBBOYxM9a1t8SYXruumsA2pbnAMHTWCuyOJbrzkqDEMP8FuI6UiAXT3XRRHYiFJQp7V0IVraAVxVkHZobiU8zJbAgVsSke54fMM2O0932TDrmY18WCskzqnOId6XInkZiYY6J+vICgDeW9L5Iod15aTOsFTVjJvjagVDNpcaE2Qt2VEN1paqJo2zqrIpnV2I+OViQ00UJwlNPfjnLR72m07TTRK6w3UiOyolzyJ/c1+BboXhcjkwR2mmCCFUzRWJn8Hq77abdIo+XtJNODcll94+TionuVHWrH2xgtaAnY/1EbfwIDAQAB',
    message: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    signature:
      'm0VRf2FJdkUxs2LXxrYmG3f8N64Ll7w5K6J+y5u7DS25Mc1xGMhnJyAjM1WPzb+ERkWVsxsopSa/ffJYL0ADWrXhw4ljN6wg8TdWilLwtkvFRFMfAHkaRZPtIYK4K9cTZsv7bNwQfHn8p8Oq5nnpjnW0CyA02Tdev3ULMVOpfYKb/VqjnCkka65gHBMSOCdVA/qlMvDudUkrfXtbT1XXvmGfJp2Ao/60FK6x82SHsORrhw1HVvmM+lDWg0p83LI4kIIUFs8MjoL2iKqORu+OMXnl7NPPFXqMqqcLD0B0KUdG5BuQbQzoXm8khcrLcb1juzZe7V6Rya9FiddLP5SHxg==',
  },
  {
    name: 'rsa_pss_4096_sha512_mgf1_64_test 2',
    scheme: 'pss',
    hash: 'SHA-512',
    publicKey:
      'MIICIjANBgkqhkiG9w0BAQEFAAOCAg8AMIICCgKCAgEAyadlwmYbRnTP80gOml5GKtCtL8m8b772KEezET0gmR9lOWeXHCglJ1P1+6zOASwqirWSkU0mnvr6ck+kuSDjQJMMEG97Nvec6/DmLojg5HaIjp8OIhhqzbbEUjojK2W0/yzCLcRPilWVJ9edfNfc83cyEve7mqEzwxFlzGY2kL8SPXOSPIOJKcyv7lnWxwlbjUp0uvLRksmk6HxOErxYATB4sop3iegunzHeH01qKqboBjK+jkvfJj6NSbCUFvsZxIjAetivciq3kYKyMCinHgZdAkEqnuvEbX2PTgPXkjjYwMtKl6mhIA67bsZAQuvsytlWdSbu7xLBfZTBBJyImXC5bpTMNTFyomiknF6L7hPBWznexE8sehqjenoLb3IpCsraMrHYrx/D3IqJSHuoE0fL6xNQkl0w+SOVgQa0mVnIcefB26VdoHcuNiz4Yh14YQhouJThbl3+yWh0qTpM83m0fn4xjOMVBm1w7jk4FApgFI8gUIXO+KdwDKPFPVKldWpjs7FvFTBithJipoSWIQyL5O8/kCnKDqDjs6DV1tIm7bv0Ta+PBF3Cht7TxOxNtrRTRwefM+r5jjyVtLYOee9KMJP+7FQ3A0Irp0oRhRHCGTtU/otjOGbtLHBcy8bn2dNlaAnsPTNW50AKlkjsN1BQQePjGvHALu/pJKZwR9MCAwEAAQ==',
    message: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    signature:
      'BKIllSnliI/YcNfgUXqlsbwF4Z2kANbeG45nb0TWz/21w75AR08UOYVzC58X7vrSW+E2xOQpSga2oqHXxNa6K0MicUmmLigo2Md3HT/dwK7zYYfjciB5SArKnxxC/DWkGTEhY1sYMvK5/bHdFQkpqFo1/xLfuGclyCwdj9ccwvXew/c3PocyiR46l45MFaTnXrSfHJm7cyzlh9Oa1L3eYvS22//PaVIRTTvzOtWKdOPBKyIiOLUQFpMpCKqAAW+H/vRlycUS/3Cb4JPjTtRxQN80+xWk+PYp3gDDg8ZZn7UeD4wqtdTT+vUmp0nzQpHau/4V353rqE2IlyQ2kGA1s9Do3GqKudkALfOqEF9uOllbxm0PZMdg18FSuM27jgqa/ofDbWutY/oBf1QP8eZ9XYneqxQTAW7CWaS8GdjCUCV2+8tJseoaqEFj6h4/i7mxWay83rI5XWUxSXiJkXwcgiRWAZ9xgY3EmLnjUXzWj07qayQ2TuZRvb8ygqsfVeZ774+LYfdJ4ws9zrvKohUx7Mdym4yT8Dcy+BNnv1RfHVNxeqBWqqCKBDTindrXaValpkG0W5lGvHVhBvyo5244hdoVqq4GXeupXB5QPJlv/4QA4obqOjtA4NewNlJynOo1YtipDJ6pxltN49zAEyguPajH3iGIw8TJueQhRRZSkvw=',
  },
  {
    name: 'rsa_signature_2048_sha256_test 2',
    scheme: 'pkcs1',
    hash: 'SHA-256',
    publicKey:
      'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAorRRoH0KpfluRVZxUTVQUUqKW0YuvvcXCU+h/ugiJOY3+XRtP3yv0xh42AMltu9aFwD2WQO0aUKeidbqyIRQl7WrOTGJ25JRLtincRoSU/rNIPecFegkfz0+QuRuSMmOJUov6XZTE6A+/48X4aApOXofomqNzib0kO2BKZYV2YFMItphBCjgnH2WWFlCZvXAIdD87KCNlFoSvoLeTR7Oa0wDFFtdNJXU7VQR64eNrwX9evw+Ca2g8RJkIvWQl1oZaYFvSGmLy7obTZyuedRg2Pn4Xnl1AF2bwixOWsD3waRdElaaYoB9O5oC5aUw53MGb0U9H1tMLpz3ggKD90K51QIDAQAB',
    message: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    signature:
      'ihsiDLKrQV3HYOt/W7EDNaPMomnX2799CWK6efnPe0Ol/AnJmhWE8HQDRz1sGJqDaJeltvjqn6ItYB5rpfdBH+J8Y4uBsaIjY1g6gPzox98+QPtRvQ5g0KZlP3nzvLfsPp3BTPtbMasXNbymktUKwD+XndqSdHxkMPgEXvo1E7puDOPp41Vw4cMMjr5Ym0QZLhNEyoPfpXb8b9x78c187odbAByMAs6NYCdp5L2dJBxIVxgqAImotnZE5z7vEFxVDvpHpAh0KJOVrAxOAv1LqY4TCkwtG5VSHGr0oAKsO9xuUhIq5MCMw9ociW4Fmsvd7FdKwEMvYQPdlyc9iAPBAg==',
  },
  {
    name: 'rsa_signature_3072_sha384_test 2',
    scheme: 'pkcs1',
    hash: 'SHA-384',
    publicKey:
      'MIIBojANBgkqhkiG9w0BAQEFAAOCAY8AMIIBigKCAYEAoHiH83M3gZawt0jN8xwUc1zPoPEXrK/aoh/eS251WTkLg057kunhzJ1J/A/mz7YEKWUrS/mndo9x/EJxym/vTkMRkuvcmGML+5TFuvGLTPeIHYRIPkxEwi2xWpYncFoLQqJtbz1gCa7g0qcb7fTUsO5rb+wvFuEnfsqjve26QGRzpHbRaI3w+tHaeVUmx+ZBmBtIErBbaS1gxgsr+kJMi2IPQNydulnixxDn7nULPhNMH3H0MhBoiv8XqqQc21ZodT8ABrHPlRvFlR9NiaMRlphepVwJZsNmK8/k5M008S5K/X5cShMHObEBfWpYOIL9ctsaZ0GHAsiwE1PM91t7k/rsDgvjYhHV8r2RDhVSMjcRu+tzhY+JnMHsBj72fYjgxpnVponFIQbwbpYPCdKjz4T1O76ipHPt8ubgF2gB0/ocLTWOHlom9kask3luwfrcaZHA7BnJ3ZCyWi3Tv3PSzx7qiGf5bKpaLfVJc6yyotoKE2fsdK+7lo9Rd2UjjRdpAgMBAAE=',
    message: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    signature:
      'adia7pobmCcijEDD8725R57Ta+3Sx3s/XcoZkXpc3pY2ufbt4pcYo5EiSrWPRkyQUrXmeGF4GUqQ7ATS0rdROxnfJ5mw56LW0e8sSexocPuMrkXuEQNpLajSEb9h9lbTBPaa32jAInx69c64wttKNmi7ahuMw6Q3ud95vA3WUNbjpCKVtKbiPUCzqbdUjzdg4Pr2kgDfIw0sFDgHsvNfpEnPpzeShE3/XSrlCtwnLA26ys1g6wt5ZAEqXBmByy81j/U1CfkLDsQSWf7zIemjBqCDY+0ZTlGrbbwAzu5XbASMAnBKGfjzVyUK3HDN0oGRV9ca8EqwzGOsnG+ktXmerlIeJ18mzlMwIBdRCCb5bEooid6u8Z/e2sxwplmKqJ4rzzcyOb7ZjR8iZ/p8JDat0T32jZ6ilvq1L+0PXuRodPSHNf4yxh7Sscl3/xhizM4JO999hKawPDAHxMkm0eUtgdzAvCpVOhK+Njt2T2oyLkGoMY6nQIwY4zwmCqBdA5Yl',
  },
  {
    name: 'rsa_signature_2048_sha512_test 2',
    scheme: 'pkcs1',
    hash: 'SHA-512',
    publicKey:
      'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwsSoYCNtPJCWoHbWulEH4Pe9geG6kW9zdXJL0rCwtjlWgTcVo0V6sEWLcfs1pFsn+e96w+V53qRd+/0HgZ7WtwIapTNsWEQqrdlsqe6dMkc+nZJ4VitNECWK3mqY+xx8/cOzcW713sWM9zs1nziVmbS1hlqYY1GesAHDJDh9p1VFDbNBMJNg44B8BWW44sRPvV5ujQTQBtfudouOhDYIKpD6DoN/MvRgh6tKDZviiqfaF5TOsBcqf1DtIPbfZB77y/0qrIl3XHYacxAJPGccl3+hiw1uAfsl96QytCxlNZeExokgVxnBz246Zdri2kNMMm3egbtv//vb9t5cFrunSQIDAQAB',
    message: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    signature:
      'TeTb+CYHs2pcZ3iuY1HYO371tK9kw3iIiesQ7xg4gihHzrUxkUOSNguS3uBVeW9z4824s9UJEKU33SJE/X+SJ4A1bqPwHpnlvryxtu85jSOZvQJHKocUF9rsO75vifRfGvC/gZpEbcu7dcVpWNNLonyBIM7m/5ckKSHM9Y3pIWmV+gxJyz5tYORkEbLfOwG3j6gcoUXOi+WU7gCQMe2mcusJe6XtZoenA7FU72FnV/lCN/QnX1RzjLWdNrIKnISuEzvXFXR5UvAiJXOpH690Dkt+tOiKuqkQBOcqFwm0AWFrLtsnhOSR9nH89evjJrZp+sql2KD2+EaeqZXE23cvBg==',
  },
];

// rsa_oaep_2048_sha256_mgf1sha256_test, tcId 2 (valid) and 12 (invalid: first byte of l_hash modified).
export const oaepSha256: {
  readonly privateKey: string;
  readonly message: string;
  readonly valid: string;
  readonly invalid: string;
} = {
  privateKey:
    'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCitFGgfQql+W5FVnFRNVBRSopbRi6+9xcJT6H+6CIk5jf5dG0/fK/TGHjYAyW271oXAPZZA7RpQp6J1urIhFCXtas5MYnbklEu2KdxGhJT+s0g95wV6CR/PT5C5G5IyY4lSi/pdlMToD7/jxfhoCk5eh+iao3OJvSQ7YEplhXZgUwi2mEEKOCcfZZYWUJm9cAh0PzsoI2UWhK+gt5NHs5rTAMUW100ldTtVBHrh42vBf16/D4JraDxEmQi9ZCXWhlpgW9IaYvLuhtNnK551GDY+fheeXUAXZvCLE5awPfBpF0SVppigH07mgLlpTDncwZvRT0fW0wunPeCAoP3QrnVAgMBAAECggEAJM3GIxf11ypva6bMljKJmwHR/yiGfXL2FoiZW8hVpOQgqEBSUAib2xPPjglUOCe3SLnSf7srTZ4gr4xaaoYnltGkzBitFupni8G9SoO7vpxeV0U7XOc4jkGjukzit3tEOKIp6VT3INrgNT3AiKyKdrJtwnb44beFHd1jmK0W/y54GVEjubA26UXDjJ0SQ09t92/iI1nrPhrJwBFnj8km+tOuR1pP//9V/rLRR+nIlPTA4ppZnnYkYkgtlov0J4CUX8DSwxxXPEQxuPT+i4xnvsgVq9RPeobtyhwjCHNzWNLCrl4uDi2t9zCYAmI3flixO32ZkgYKC8hwzP20qTGe4QKBgQDcQxBQ94LolPtSSCR9mMt9WLjR4k87VdBBxW5N4Iaw1bsCi9pC7rXSNNVoHlgJ1BXmoomtTPv3j5ePbDWBT1Duv/HFuApp94joHmurXdqng2nWWdFD7G8X55gTpXXPrZxWkVa5ARPi6REK2ee0ihyTSKbmUzIRkSkOo2z7OlsY8QKBgQC9GoHnl3+YmBIic64yIrWY6l+xnrTqvDgwil4yGWYDsuUA/7efW4hoFmEd68Ry+sRVRAcL6wV8lBN4poaK87egPT+YgOxH1eCJuU+95UKrqa6NcsVwiNer9bEx85CY97wWD5BTaryUkv1OBvPtcpnUuXuwNncgfZVmnxQM+8IPJQKBgQCpS1KLKPKRWZEh2RlS/9HH8h18FHnZnUeIhfsWGHDuEhi/CEcmEtvlSX6NnGUGiOCceGlhrj4sNU3EiuNFFHWcTCPEWISIlh3Aa0FOYcDh5/u9KSPTFTL+KJ+W2iIHEeWMFAGYCOAEFCdpM7sH5O+5tKmzdlaRcgUgnzPwlRXXwQKBgDrw5yqTOu8J/yUD33i6/tUxwC/xorxDfFQM3L1K01Q1z1EXY1llQ0gGKbEUyn94D/fvoy6gy24ADW2eofLvcf2c+ZSEIqFlVX4351Xt/nDZC5IFAutHi8mKY/eIzjoPhW1u3nJRo4O/qPpICoGpJa97PMU4xLq4yfdZf/toAR2NAoGAJkD7+8/vsWPueoe2SDpm7kH5VtkPqKeTm/wELuCSSxt5k9BEX3WNUZM+hRecAyCwyWi0ipHDi1vpI+EJfAxWL4jUIpS2onWbr6VCinTxJwh05F9vzGDyFgLeXszRQ88xJB9ZIbWtOYP7VO8XvjsoU2flDJmcZyR7VS/kv86UX3s=',
  message: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  valid:
    'IHGAw0Bli1FUrkXS5OcyagmXxoOia1leU2opMzxLZhSa+F4CnVQZo546FHsiFRb/2GtrS2bD4MTEn+jFei9cN7hwS5tZK4DbnNeIpO1Rq08KHL7WO9GNHwaiLyJYZrDCxBfLI0c7e6QlCxNTvS5bTw+TfNLv5fo42zwpX3dIuXAIhlfbSqmnbh7m+/8WbsGGHQDQhTJsc4S90bwvQA1PdNvfra8/3EYHPmaFc+AgMLnrWvWOtUDGZnencRlEeewAmNhYoupF0LoeazJEDfusdFAAVU1RoXaEypZLAqdNR58dQy73Y+9AWXFaQ0jP42ohU1lxLyW2l3kDvkrbkv679g==',
  invalid:
    'KH1xCKHG56GKywBFsgxXzfKsA0VrRJQnZKep6f3z20gdfiAuTI1zO1a5wek9ceeRr4MlyTY994myUqXtDt3Hnnb6QcLLCjVhg5ghejkKXm2Z7tkF1VVNGcHPTjC98cL8xRSLZB1xs/GXe2PSMmSN3ZNeyUmaU6wvvKxV9GLpEGWtqgGKOcRTunWb1otFQHQVNCHiznXPFJ90i1uEdY34pCPRxQyICvhj8qbfPNRlyjaqIVK1dx89UH9KTdn4AG2A7KI1Nwkih5dvIYqQ3x4W2In+MeefcwnzIk9hPptSR5/nO3qtkVMZo7YqWTZkn30BXXsJ9/qfRU94p8PdS/eR4A==',
};

// NIST CAVP, CAVS 17.4, KWP_AE_256, COUNT = 0 of two lengths; and a key of 256 bits from Wycheproof's aes_kwp_test.
export const keyWrapAnswers: readonly {
  readonly name: string;
  /** Absent: no standard's own. */
  readonly source?: string;
  readonly kek: string;
  readonly material: string;
  readonly wrapped: string;
}[] = [
  {
    name: '8 bits',
    source: 'NIST CAVP, KWP',
    kek: 'OXmJ6SCKfwEz6rL4yaXsIx6z93HsQJpsQ8dbj/ObSJw=',
    material: '6g==',
    wrapped: 'bAvxfnxy9bOpWYjCDaSndg==',
  },
  {
    name: '72 bits',
    source: 'NIST CAVP, KWP',
    kek: '9aPxnfS8pti5c2pBAFPo/d5wUjfIgt+A5tg2+ptesxY=',
    material: 'nbqWTubL5trU',
    wrapped: 'cIyhp33LLx/WH/aot8O+Jl/GJNGKeLjj',
  },
  {
    name: 'tcId 167',
    kek: 'OOGx0HXZ2FK5psAcj/aWWvAbrEV6TjOa4+HXsv+swM0=',
    material: 'gK1oIPHJCYHiykK4F6NFwRedChHY4jqK3AUF4T2HKVo=',
    wrapped: 'tjt+D+x+MVgWIz22dY/T50S59qQIYr34Zkh+U7y5UNiyZJJp5RtEdQ==',
  },
];
