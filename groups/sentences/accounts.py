"""Ways into an account, and what is asked before they change."""

SENTENCES = {
    "words_not_yours": "These seven words do not open this account. Check each word against your card; the order matters.",
    "keep_first": "This account has no words yet. Keep it first.",
    "signed_out_unsent": "You are signed out here. Your words stay in their box: copy them, if you want to keep them.",
    "code_shape": "A spare code has 20 letters and digits. Here are {count}.",
    "code_unknown": "This code opens nothing. It may be used up, or from an earlier card: try the next one on your newest card.",
    "passkey_unknown": "This passkey opens nothing here, or no longer. Your seven words do.",
    "passkey_not_read": "Your device's answer did not arrive whole, or too late. Please try once more.",
    "passkey_known": "This device holds a passkey for this account already.",
    "passkeys_enough": "An account has at most {most} passkeys. Remove one first.",
}
