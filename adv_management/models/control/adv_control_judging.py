import logging
from collections import defaultdict

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import UserError

from ..commitment.clock import today_of
from ..field_log.adv_field_log import as_text
from .asking import Asking
from .finding import ALL_SEVERITIES, FAILED, PASSED, WAIVED, Finding, Outcome, Verdict

_logger = logging.getLogger(__name__)
# The lines of each kind of document, which findings name.
LINE_MODELS = {
    "sale.order": "sale.order.line",
    "stock.picking": "stock.move",
    "account.move": "account.move.line",
}


class AdvControlJudging(models.AbstractModel):
    """Looks at sets of documents and says what is wrong with them; stores nothing."""

    _name = "adv.control.judging"
    _description = "Judging of Documents"

    @api.model
    def _judge_documents(self, documents, checkpoints, severities=ALL_SEVERITIES):
        """Return what the controls of these checkpoints say of documents.

        :param documents: saved orders, transfers or invoices, of any companies
        :return: a list of :class:`Outcome`, each in the language of its readers
        """
        outcomes = []
        # a program may name one of them twice
        documents = documents.union().with_prefetch(documents._prefetch_ids)
        for company, same in documents.grouped("company_id").items():
            company = company or self.env.company
            controls = self.env["adv.control"]._find_rules(
                company, checkpoints, severities
            )
            if controls:
                outcomes += controls.with_company(company)._judge_for_readers(same)
        return outcomes

    def _judge_for_readers(self, documents):
        """Return the outcomes for documents of one company, in their readers' words."""
        outcomes = []
        readers = documents.grouped(lambda document: document._adv_get_reading_lang())
        for lang, same in readers.items():
            controls = self.with_context(lang=lang)
            outcomes += controls._judge(same.with_context(lang=lang))
        return outcomes

    def _judge(self, documents):
        """Return the outcomes of these controls for documents of one company."""
        # sudo: whether an order is right does not depend on who asks; what is shown of
        # it stands on the document itself.
        documents = documents.sudo().with_company(self.env.company)
        verdicts = self._find_verdicts(documents)
        known = self._get_known(documents)
        controls = {control.id: control for control in self}
        return [
            Outcome(
                verdict,
                self._settle_state(controls[verdict.control], verdict, known),
                controls[verdict.control].severity,
                controls[verdict.control].checkpoint,
                controls[verdict.control].name,
            )
            for verdict in verdicts
        ]

    def _find_verdicts(self, documents):
        """Return the verdict of each control on each document: all at once, or one
        control after the other when one of them fails.
        """
        try:
            with Asking(self.env.cr) as asking:
                return [
                    verdict
                    for control in self.with_context(adv_asking=asking)
                    for verdict in control._find_one(documents)
                ]
        except OperationalError:
            raise  # Odoo runs the whole transaction once more
        except Exception:  # noqa: BLE001 (told below, by the control that fails)
            return [
                verdict
                for control in self
                for verdict in control._find_alone(documents)
            ]

    def _find_alone(self, documents):
        try:
            with Asking(self.env.cr) as asking:
                return self.with_context(adv_asking=asking)._find_one(documents)
        except OperationalError:
            raise
        except Exception as error:
            _logger.warning("Control %s could not be checked", self.name, exc_info=True)
            message = f"{type(error).__name__}: {error}"
            return [
                Verdict(self.id, document.id, error=message) for document in documents
            ]

    def _find_one(self, documents):
        """Return the verdicts of this control."""
        found = defaultdict(list)
        for finding in self._find(documents):
            found[finding.document].append(finding)
        ids = {each.line for findings in found.values() for each in findings}
        lines = self.env[LINE_MODELS[documents._name]].browse(ids - {None})
        articles = {line.id: line.product_id.id for line in lines}
        return [
            Verdict(
                self.id,
                document.id,
                tuple(found[document.id]),
                about=_tell_subjects(document, found[document.id], articles),
            )
            for document in documents
        ]

    def _find(self, documents):
        if self.method == "shipped":
            return getattr(self, f"_find_{self.code}")(documents)
        if self.method == "manual":
            return self._find_unticked(documents)
        return self._find_matching(documents)

    def _find_unticked(self, documents):
        text = self.env._("Not ticked yet")
        return [Finding(document.id, text) for document in documents]

    def _find_matching(self, documents):
        """Return the documents that the own condition describes, with the values that
        the condition looked at.
        """
        domain = self._get_domain()
        paths = sorted({leaf.field_expr for leaf in domain.iter_conditions()})
        for document in documents.filtered_domain(domain):
            seen = "; ".join(
                f"{path}: {_read_path(document, path) or ''}" for path in paths
            )
            text = self.description or self.env._("The condition is met")
            yield Finding(document.id, text, seen=seen)

    # ----------------------------------------------------------------------------------
    # What people said before
    # ----------------------------------------------------------------------------------

    def _get_known(self, documents):
        """Return the stored results that people decided, by control and document."""
        results = self.env["adv.control.result"].sudo()
        name = results._get_document_field(documents._name)
        decided = results.search_fetch(
            [
                (name, "in", documents.ids),
                ("control_id", "in", self.ids),
                ("state", "in", (PASSED, WAIVED)),
                ("date_waived", "!=", False),
            ],
            ["control_id", name, "state", "fingerprint"],
        )
        return {(result.control_id.id, result[name].id): result for result in decided}

    def _settle_state(self, control, verdict, known):
        """Return the state of a verdict once waivers and ticks have been looked at."""
        result = known.get((verdict.control, verdict.document))
        if verdict.state != FAILED or not result:
            return verdict.state
        if not set((result.fingerprint or "").split()).issuperset(verdict.marks):
            return verdict.state
        return PASSED if control.method == "manual" else WAIVED

    # ----------------------------------------------------------------------------------
    # For the checks
    # ----------------------------------------------------------------------------------

    def _ask(self, statement):
        """Return the rows of a check's own statement, which may fail without harm."""
        self.env.flush_query(statement)
        if asking := self.env.context.get("adv_asking"):
            asking.begin()
        self.env.cr.execute(statement)
        return self.env.cr.fetchall()

    def _today(self):
        """Return the company's local date."""
        return today_of(self.env.company)

    def _product_lines(self, order):
        """Return the lines of an order on which somebody typed goods or services."""
        lines = order.order_line
        typed = lines.filtered(
            lambda line: (
                line.product_id
                and not line.display_type
                and not line.is_downpayment
                and not line.is_expense
                and not line._is_delivery()
                and not line._adv_is_reward()
                and not line._adv_is_global_discount()
            )
        )
        # what is read of one line is read of the lines of all orders
        return typed.with_prefetch(lines._prefetch_ids)

    @api.model
    def _raise_stopped(self, documents, outcomes):
        """Refuse documents because of what their controls found.

        :raise UserError: always, naming documents and findings
        """
        names = {document.id: document.display_name for document in documents}
        lines = [
            f"{names[o.verdict.document]} · {o.name}: {o.verdict.text}"
            for o in outcomes
        ]
        raise UserError(
            "\n".join(
                [
                    self.env._("Stopped by the controls of the order desk:"),
                    *lines,
                    self.env._("Correct it, or have the control waived."),
                ]
            )
        )


def _tell_subjects(document, findings, articles):
    """Return whom and what each finding is about."""
    if not findings:
        return ()
    customer = document.partner_id.commercial_partner_id.id
    return tuple((customer, articles.get(each.line, 0)) for each in findings)


def _read_path(document, path):
    """Return what a condition looked at, as text."""
    value = document
    for name in path.split("."):
        if name not in getattr(value, "_fields", ()):
            return as_text(value) if isinstance(value, models.BaseModel) else value
        value = value.mapped(name)
    if isinstance(value, list):
        return ",".join(as_text(each) or "" for each in value)
    return as_text(value)
