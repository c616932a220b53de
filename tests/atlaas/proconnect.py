"""A provider that answers as ProConnect does, on the loopback: discovery, keys, tokens, userinfo as a signed JWT."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

CLIENT, SECRET = "atlaas-essai", "un secret d’essai"
OURS = rsa.generate_private_key(public_exponent=65537, key_size=2048)
THEIRS = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CURVE = ec.generate_private_key(ec.SECP256R1())


def public(key, name, algorithm):
    maker = jwt.algorithms.RSAAlgorithm if algorithm == "RS256" else jwt.algorithms.ECAlgorithm
    return maker.to_jwk(key.public_key(), as_dict=True) | {"kid": name, "use": "sig", "alg": algorithm}


class Provider:
    """What it will answer is in plain attributes, so that a test spoils one of them."""

    def __init__(self):
        self.issuer = ""
        self.discovery = {}
        self.claims, self.person = {}, {}
        self.key, self.kid, self.algorithm = OURS, "k1", "RS256"
        self.userinfo_key = OURS
        self.userinfo_type = "application/jwt; charset=utf-8"
        self.userinfo_is_signed = True
        self.down = set()
        self.used_codes, self.asked = set(), []
        self.nonces = {}

    def authorize(self, address):
        """What the browser does at ProConnect: sign in, and come back with a code."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.asked.append(query)
        code = f"code-{len(self.asked)}"
        self.nonces[code] = query["nonce"]
        return f"{urlsplit(query['redirect_uri']).path}?code={code}&state={query['state']}"

    def document(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        } | self.discovery

    def keys(self):
        return {"keys": [public(CURVE, "k2", "ES256"), public(OURS, "k1", "RS256")]}

    def tokens(self, form):
        if form.get("client_secret") != SECRET or form["code"] in self.used_codes:
            return None
        self.used_codes.add(form["code"])
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": "sujet-1",
            "aud": CLIENT,
            "exp": now + 60,
            "iat": now,
            "nonce": self.nonces[form["code"]],
            "acr": "eidas1",
        } | self.claims
        return {
            "access_token": "jeton",
            "token_type": "Bearer",
            "expires_in": 60,
            "id_token": self.signed(claims, self.key),
        }

    def userinfo(self):
        person = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "sujet-1",
            "email": "camille@exemple.test",
            "given_name": "Camille",
            "usual_name": "Exemple",
        } | self.person
        if not self.userinfo_is_signed:
            return json.dumps(person)
        return self.signed(person, self.userinfo_key)

    def signed(self, claims, key):
        kept = {name: value for name, value in claims.items() if value is not None}
        headers = {"kid": self.kid} if self.kid else {}
        return jwt.encode(
            kept, None if self.algorithm == "none" else key, algorithm=self.algorithm, headers=headers
        )


def handler(provider):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            path = self.path.removeprefix("/api/v2")
            if path == "/.well-known/openid-configuration":
                self.answer(path, json.dumps(provider.document()))
            elif path == "/jwks":
                self.answer(path, json.dumps(provider.keys()))
            elif path == "/userinfo" and self.headers["Authorization"] == "Bearer jeton":
                self.answer(path, provider.userinfo(), provider.userinfo_type)
            else:
                self.answer(path, "{}", status=401)

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            tokens = provider.tokens({name: values[0] for name, values in parse_qs(body).items()})
            refusal = {"error": "invalid_grant"}
            self.answer("/token", json.dumps(tokens or refusal), status=200 if tokens else 400)

        def answer(self, path, body, kind="application/json", status=200):
            self.send_response(503 if path in provider.down else status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *words):
            """Say nothing."""

    return Handler


@contextmanager
def running():
    """A provider that listens until the end of the block."""
    provider = Provider()
    with ThreadingHTTPServer(("127.0.0.1", 0), handler(provider)) as server:
        server.daemon_threads = True
        provider.issuer = f"http://127.0.0.1:{server.server_port}/api/v2"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield provider
        server.shutdown()
