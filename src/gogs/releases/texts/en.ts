export const en = {
  oldHooks: {
    title: 'The Git hooks in the repositories are from before Gogs 0.10',
    consequence: 'Pushes bypass Gogs: no activity, no webhooks, no protected branches.',
    remedy:
      'On the new server, in each repository with custom hooks, move hooks/pre-receive and hooks/post-receive to custom_hooks/, where Gogs has run them since 0.10; then run `gogs admin resync-hooks`.',
  },
  unknownSizes: {
    title: 'The sizes of repositories are not known',
    consequence: 'Gogs shows 0 until the next push to each.',
    remedy: 'Nothing needs to be done.',
  },
  leftOut: {
    noProtectedBranch: 'it belongs to no protected branch',
    repositoryIsGone: 'its repository is gone',
  },
  removed: {
    mailIsHtml: 'mail is HTML unless USE_PLAIN_TEXT is set',
    subjectPrefix: 'SUBJECT_PREFIX sets what subjects begin with',
    fixedQueue: 'the queue has a fixed length',
    assetsInBinary: 'assets are in the binary; see LOAD_ASSETS_FROM_DISK',
    releaseAttachments: 'attachments of releases are stored with all others',
    cookiesAlwaysSet: 'cookies are always set',
    registrationButton: 'the button is shown unless DISABLE_REGISTRATION is set',
    noFooterVersion: 'the footer shows no version',
    noInstallPage: 'there is no install page',
    signInsLast: 'sign-ins last as long as their session',
    heloAlwaysSent: 'HELO is always sent',
    noSuchCookie: 'there is no such cookie',
    noBranding: 'the footer shows no branding',
    noDsaKeys: 'DSA keys are not accepted',
  },
};
