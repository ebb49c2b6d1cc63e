"""setWebhook, deleteWebhook and getWebhookInfo."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tests.support.fake_telegram.backend import Backend, Described
from tests.support.fake_telegram.bodies import Parameters
from tests.support.fake_telegram.errors import bad_request, conflict
from tests.support.fake_telegram.updates import DEFAULT_KINDS, UPDATE_KINDS
from tests.support.fake_telegram.webhooks import WebhookTarget

_SECRET_MAX = 256
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_PUBLIC_PORTS = frozenset({None, 80, 88, 443, 8443})


def set_webhook(backend: Backend, parameters: Parameters) -> object:
    """Deliver updates to an address; an empty one ends that.

    As on the real server, a wrong call takes the old webhook away before it is refused.
    """
    url = parameters.text("url")
    if not url:
        return _remove(backend, parameters)
    allowed = parameters.json("allowed_updates", "can't parse allowed_updates JSON object")
    target = WebhookTarget(
        url,
        parameters.text("secret_token"),
        max(1, min(100, parameters.integer("max_connections", 40))),
        parameters.text("ip_address"),
        "certificate" in parameters.uploads,
    )
    drops = parameters.boolean("drop_pending_updates")
    backend.limits.take_webhook()
    current = backend.active_webhook
    if current is not None and current.target == target and not drops:
        backend.state.updates.allow(allowed)
        return Described(True, "Webhook is already set")
    backend.poller.end(conflict("terminated by setWebhook request"))
    backend.set_webhook(None)
    if drops:
        backend.state.updates.clear()
    _check(backend, target)
    backend.state.updates.allow(allowed)
    backend.set_webhook(target)
    return Described(True, "Webhook was set")


def _check(backend: Backend, target: WebhookTarget) -> None:
    try:
        address = urlsplit(target.url if "://" in target.url else f"https://{target.url}")
        port = address.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise bad_request("invalid webhook URL specified")
    if len(target.secret_token) > _SECRET_MAX:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(target.secret_token):
        raise bad_request("secret token contains unallowed characters")
    if backend.settings.webhook_https_only:
        if address.scheme != "https":
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if port not in _PUBLIC_PORTS:
            raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def delete_webhook(backend: Backend, parameters: Parameters) -> object:
    """Go back to getUpdates."""
    return _remove(backend, parameters)


def _remove(backend: Backend, parameters: Parameters) -> Described:
    was_set = backend.active_webhook is not None
    backend.set_webhook(None)
    if parameters.boolean("drop_pending_updates"):
        backend.state.updates.clear()
    return Described(True, "Webhook was deleted" if was_set else "Webhook is already deleted")


def get_webhook_info(backend: Backend, _parameters: Parameters) -> object:
    """Where updates go, how many wait, and what went wrong last."""
    webhook, updates = backend.active_webhook, backend.state.updates
    info = webhook.info() if webhook is not None else {"url": "", "has_custom_certificate": False}
    info["pending_update_count"] = len(updates.waiting())
    if updates.allowed != DEFAULT_KINDS:
        info["allowed_updates"] = [kind for kind in UPDATE_KINDS if kind in updates.allowed]
    return info
