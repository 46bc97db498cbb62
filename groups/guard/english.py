"""How people ask in English to be met elsewhere, as they stand in a line of words (see reading.py).

APP stands for a service, SURE for one that is no ordinary word as well. What somebody did, or what
was done to them, is told with other forms (she found me, he wrote on), and passes."""

WAY = "(?:on|in|at|via|over|using|through|by|with|to|thru)"
SOON = "(?:tonight|later|tomorrow|now|soon|please|pls|instead|after|afterwards|if|when|and|ok|okay|any|anytime|privately|here)"
REACH = (
    "(?:find|friend|add|message|msg|dm|pm|text|write|contact|reach|follow|hit|ping|call|ring|search|join|see|meet|catch|get|invite|chat|talk|speak|inbox|ask)"
)

START = "(?<=^ )|(?<=[|?] )|(?<=please )|(?<=pls )|(?<=just )|(?<=and )|(?<=or )|(?<=you can )|(?<=then )"  # where an imperative stands

# Told, not asked, when one of these stands before it: "he used to find me on …".
TELLING = (
    "he she they who would could used women men people someone somebody everyone everybody nobody them t never not did strangers always husband wife "
    "his her their made let had"
).split()
OFFERING = "free welcome want like love happy able easy".split()  # before "to": "feel free to find me on …"

# A way to be asked, with a service named; checked for TELLING before it.
ASKED = (
    rf"{REACH} (?:to |with |for )?(?:me|us) (?:up |out |through |there |over |back |privately |directly |instead ){{0,2}}(?:{WAY} )?(?:the |my |your |a |this )?(?:\w+ ){{0,2}}APP",
    rf"(?:{START})(?:please |pls )?(?:dm|pm|msg|message|text|write|chat|call|talk|speak|meet|meet up|reach out)(?: (?!is|was)\w+){{0,2}} (?:on|over|via) APP",
    rf"hmu {WAY} APP",
    r"(?:see|catch|meet|talk to|speak to|chat with) (?:you|u|ya)(?: all| guys| later| there| soon){0,2} (?:on|over on|in|via) APP",
    rf"(?:look|search) (?:for )?me (?:up )?{WAY} (?:the )?APP",
    r"let (?:s|us) (?:all )?(?:move|talk|chat|go|meet|continue|speak|switch|connect|do|try|use|take|text|call|message|skype)(?: (?:this|it|on|there|more|further|privately|instead|over|together|later|tonight|rather|to|in|via|at|the|somewhere|like)){0,4} APP",
    rf"(?:join|enter|visit|check out|come (?:over |on )?(?:to|in|into|on)) (?:me |us )?(?:{WAY} )?(?:my|our|the|a|this)? ?(?:\w+ )?APP",
)
# The same, whoever speaks before it.
OFFERED = (
    rf"(?:someone|somebody|anyone|anybody|everyone|all|you guys|people) (?:please |pls )?{REACH} (?:to |with )?(?:me|us) (?:{WAY} )?(?:the |my |your |a |an )?APP",
    rf"same (?:nick|nickname|name|user|username|handle|id|user name|alias|tag)(?: \w+){{0,2}} {WAY} (?:the )?APP",
    rf"(?:this|that) (?:nick|nickname|name|username|handle) {WAY} (?:the )?APP",
    rf"i (?:am|m) (?:also |still |always |mostly )?{WAY} APP (?:as|under|too|with this|with the same|same|by the name|if you|if anyone|if anybody)",
    rf"(?:shall|can|could|should|may|might|wanna|would you|do you want to|want to|we|anyone|anybody|who|happy to|rather) (?:we |you |anyone |i |to |want to |wants to |like to |up for a ){{0,3}}(?:talk|chat|continue|meet|move|connect|speak|text|call|message|go|switch|join)(?: (?:this|it|more|further|privately|instead|over|together|later|tonight|rather|to|our|my|the|up|you|me|there)){{0,4}} {WAY} (?:the |my |our )?APP",
    r"(?:wants|want|like|wanna|care|ready|up) to join (?:my|our|the|a) (?:\w+ )?APP",
    r"i (?:made|have|run|started|opened|set up|created|moderate|host) (?:a|an|our|my) (?:\w+ ){0,2}APP (?:group|server|channel|chat|room|for us)",
    r"we (?:made|have|run|started|opened|set up|created|all use) (?:a|an|our) (?:\w+ ){0,2}APP (?:group|server|channel|chat|room)",
    rf"(?:{START})(?:look|search|find|add|follow|try)(?: for| up)?(?: \w+){{1,4}} (?:on|in|over) APP",
    r"(?:what|whats) (?:s |is )?(?:your|ur|yr) APP",
    r"(?:give|send|tell|pass|drop|dm|pm|share|get|have|know) (?:me |us )?(?:your|ur|yr) APP",
    r"(?:can|could|may) i (?:have|get|ask for|ask) (?:your|ur) APP",
    r"(?:give|send|tell|pass|text|share) (?:you |u |out )(?:all )?my APP",
    r"(?:ask|message|dm|pm) (?:me )?(?:for|about) my APP",
    r"here (?:is|s|are) my APP",
    r"(?:are|r|is) (?:you|u|ya|anyone|anybody|someone|any of you)(?: (?:also|all|guys|too|still))? (?:on|using) APP",
    r"(?:do|does|have|has|did) (?:you|u|ya|anyone|anybody|someone|any of you)(?: (?:also|all|guys|got|have|use|still|here)){0,2} (?:a |an )?APP",
    r"(?:swap|exchange|trade|share) (?:our |your )?(?:APP|snaps|socials|insta)",
    r"(?:wanna|want to|shall we|can we|could we|let s|let us|do you want to) APP",
    r"(?:come (?:over )?to|join|use) my (?:\w+ )?APP",
    r"(?:available|reachable|active|open|easier|easiest|better|best|safer) (?:to (?:reach|find|get|talk|chat) (?:me )?)?(?:on|via|over|through) APP",
    r"(?:talk|chat|speak|text|write) (?:to you |with you |with me |to me |more |privately ){1,2}(?:on|via|over|through) APP",
    r"(?:more|it) (?:is |s )?(?:private|safe|safer) (?:on|over) APP",
    rf"(?:find|add|follow|search|reach|look for|search for) (?:me|us) as (?:\w+ ){{1,4}}{WAY} APP",
)
# A service named as a verb, or so alone that nothing else can be meant.
VERB = rf"(?:^|[|?] |please |pls |just |and |or |can you |could you |you can |will you |then ) ?APP me(?: [|?]| ?$| {SOON} )"
# Asking that names no service.
PLAIN = (
    r"(?:give|send|tell|pass|drop|share|text) (?:me |us )?(?:your|ur|yr) (?:phone |cell |mobile |contact |email |e mail |mail |private )?(?:number|digits|contact|contacts|email|mail|address|handle|nick|nickname|username|socials|details)(?! one| two)",
    r"(?:can|could|may) (?:i|we) (?:please )?(?:have|get|ask for|take) (?:your|ur) (?:phone |cell |mobile |contact |email |e mail )?(?:number|digits|contact|email|mail|address|handle|nick|username|socials|details)",
    r"(?:what|whats) (?:s |is )?(?:your|ur) (?:phone |cell |mobile |contact )(?:number|details)",
    r"(?:what|whats) (?:s |is )?(?:your|ur) (?:number|email|e mail|mail|handle|username|socials)",
    r"(?:give|send|tell|text|pass|dm|pm|drop|share) (?:you |u |it to you |anyone |anybody |everyone |them |her |him )?my (?:phone |cell |mobile |private )?(?:number|digits|email|e mail|contact|contacts|handle|socials)(?! list)",
    r"(?:here (?:is|s)|take|note|save) my (?:phone |cell |mobile |private )?(?:number|digits|email|e mail|contact|handle|socials)",
    r"(?:swap|exchange|trade) (?:our |your |phone |cell |mobile |contact |e ?mail ){0,3}(?:numbers|contacts|details|emails|addresses|socials|handles|nicks)",
    r"my (?:phone |cell |mobile )?(?:number|phone|cell|mobile) (?:ends|begins|starts|is) (?:in|with|on|the|\d)",
    r"ask (?:me )?(?:for|about) (?:my|the) (?:link|number|address|handle|invite|email)",
    r"(?:follow|add|message|text|dm|write|write to) me there",
    r"(?:dm|pm|inbox|whatsapp|kik) me",
)
# Vague: only the strict guard holds these.
VAGUE = (
    rf"(?:text|message|msg|call|ring|write|ping|dm|pm|contact|email|phone|write to|talk to|reach out to) me (?:{SOON}|this|when this|outside|elsewhere|sometime|some time|up)",
    r"(?:find|meet|see|look for|catch|reach) (?:me|us|you) (?:elsewhere|somewhere|some where|outside|over there|online|on the other|off this|there)",
    r"you (?:all )?(?:know|can guess|will know) where (?:to find|i am|else)",
    r"same (?:name|nick|nickname|username|handle) (?:over |out )?(?:there|elsewhere|everywhere|on the other|outside)",
    r"(?:look|hit) me up",
    r"add me(?: [|?]| ?$)",
    r"(?:talk|chat|speak|meet|continue|go|move|take this|take it|continue this|carry on)(?: \w+){0,2} (?:in private|privately|elsewhere|somewhere else|some where else|somewhere more|somewhere|outside|off here|off this|off the|one on one|one to one|just us)",
    r"(?:outside (?:of )?(?:this|the|our) (?:room|group|meeting|place|site|page|house)|outside here|outside of here)",
    r"(?:way|how) (?:to|can i|do i|could i|may i) (?:reach|contact|find|message|write to|text) (?:you|u)",
    r"reach (?:you|me) outside",
    r"(?:keep|stay|get|be) in (?:touch|contact)",
    r"(?:use|have|am under|go by) (?:this|the same|that) (?:name|nick|nickname|username|handle) (?:everywhere|elsewhere|on other|on all|in other)",
    r"(?:search|google|look) (?:for )?(?:me|my name|this name) (?:and|you|online|up)? ?(?:you )?(?:will|ll)? ?find",
    r"search for me",
    r"(?:can|could|may|shall) i (?:message|text|call|write to|write|contact|dm|pm|email|ring|ping|reach|add) (?:you|u)",
    r"(?:another|different|other|better) (?:place|room|site|app|way|page) (?:where |to |for |that )?(?:we|us|you and me|to talk|to meet|talk|meet)",
)
