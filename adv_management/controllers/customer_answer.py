import re

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..models.portal.adv_customer_answer import COMMENT_SIZE, KINDS

_PHONE = re.compile(r"[0-9+()./ -]{5,32}")
_ROUTE = {
    "type": "http",
    "auth": "public",
    "website": True,
    "multilang": False,  # the customer's language, whatever the visitor's
    "sitemap": False,
}
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


class CustomerAnswer(http.Controller):
    """The page on which a customer, without login, reads and answers one of our
    messages about one of his orders.
    """

    @http.route("/adv/order/<string:token>", methods=["GET"], readonly=True, **_ROUTE)
    def adv_order(self, token, **_params):
        question, refusal = self._open(token)
        return refusal or self._show(question)

    @http.route("/adv/order/<string:token>", methods=["POST"], **_ROUTE)
    def adv_order_answer(self, token, **params):
        question, refusal = self._open(token)
        if refusal:
            return refusal
        if question.is_preview:
            return self._show(question, status=403)
        vals, error = _read_form(params)
        if error:
            return self._show(question, params=params, error=error, status=422)
        return self._answer(question, vals)

    def _answer(self, question, vals):
        vals["ip"] = request.httprequest.remote_addr
        try:
            answer = question.env["adv.customer.answer"]._receive(question, vals)
        except UserError as error:
            return self._show(question, error=str(error), status=409)
        if not answer:
            return self._refuse(question.company, is_answered=True)
        return self._show(question, answer=answer)

    # ----------------------------------------------------------------------------------
    # Pages
    # ----------------------------------------------------------------------------------

    def _open(self, token):
        """Return ``(question, refusal)``: one of them, the other one is None."""
        # sudo: nobody is logged in. What is read is what the link names, once its
        # signature has been found to be ours.
        question = request.env["adv.customer.answer"].sudo()._open(token)
        if not question:
            return None, self._refuse()
        request.update_context(lang=question.lang)
        if question.is_open:
            return question, None
        return None, self._refuse(question.company, is_answered=question.is_answered)

    def _show(self, question, *, params=None, status=200, **values):
        values = {
            "question": question,
            "params": params or {},
            "sizes": {"comment": COMMENT_SIZE, "phone": 32},
            "res_company": question.company,
            **values,
        }
        return self._render("adv_management.portal_answer", values, status)

    def _refuse(self, company=None, *, is_answered=False):
        """Return the neutral page: the same for whatever is not signed by us."""
        values = {"company": company, "is_answered": is_answered}
        if company:
            values["res_company"] = company
        status = 410 if company else 404
        return self._render("adv_management.portal_answer_closed", values, status)

    def _render(self, template, values, status):
        response = request.render(template, values, status=status)
        response.headers.update(_HEADERS)
        return response


def _read_form(params):
    """Return ``(values, error)`` of what a visitor typed: plain text of limited
    length.
    """
    vals = {name: _clean(params.get(name)) for name in ("kind", "phone", "comment")}
    if vals["kind"] not in dict(KINDS):
        return vals, request.env._("Please choose one of the answers.")
    if vals["phone"] and not _PHONE.fullmatch(vals["phone"]):
        return vals, request.env._("Please check the telephone number.")
    if vals["kind"] == "call" and not vals["phone"]:
        return vals, request.env._("Please tell us at which number we can reach you.")
    if len(vals["comment"]) > COMMENT_SIZE:
        return vals, request.env._("Your comment is too long. Please shorten it.")
    return vals, None


def _clean(value):
    """Return a text without characters that cannot be seen; files are none."""
    text = value if isinstance(value, str) else ""
    text = text.replace("\r\n", "\n").strip()
    return "".join(char for char in text if char == "\n" or char.isprintable())
