"""Sign-in by who else vouches for people: Google, GitHub, any issuer of OpenID Connect.

A browser is sent there (`starting`) and comes back (`coming_back`); what is new is then
asked for in the page (`finishing`). An account elsewhere is kept by issuer and subject
(`linked`). Everything that asks a provider does so by `bounded_http`.
"""
