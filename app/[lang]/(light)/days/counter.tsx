import type { Words } from "@/lib/i18n/words";
import { FIRST_YEAR, LAST_YEAR } from "@/lib/stays/spelling";
import { stayWords } from "./stay-words";

const RANGE = { type: "date", min: `${FIRST_YEAR}-01-01`, max: `${LAST_YEAR}-12-31`, autoComplete: "off" };

/** One day to be entered, with room for what is wrong with it. No field has a name: there is nothing that could be sent. */
function DayField({ of, label, hint }: { of: "arrived" | "left" | "today"; label: string; hint?: string }) {
  return (
    <div className="field">
      <label>
        <span className="line">{label}</span>
        <input {...RANGE} data-field={of} />
      </label>
      <p className="error" hidden />
      {hint && <p className="hint">{hint}</p>}
    </div>
  );
}

/**
 * Where stays are entered and counted. It is sent hidden, in pieces that `browser/days.ts` fills and shows.
 * @param today the Moscow day on which the page was made
 */
export function Counter({ words, today }: { words: Words; today: string }) {
  const { t } = words;
  return (
    <>
      <p className="band" data-without>
        {t("days.without")}
      </p>
      <div className="counter" data-stays={JSON.stringify(stayWords(words))} data-made={today} hidden>
        <p className="explained">{t("days.private")}</p>
        <div data-rows>
          <fieldset className="stay" data-row>
            <legend data-legend />
            <DayField of="arrived" label={t("days.arrived")} />
            <DayField of="left" label={t("days.leftOn")} hint={t("days.leftHint")} />
            <p className="share" data-share hidden />
            <button type="button" data-remove>
              {t("days.remove")}
            </button>
          </fieldset>
        </div>
        <p>
          <button type="button" data-add>
            {t("days.add")}
          </button>
        </p>
        <p className="waiting" data-waiting hidden />
        <div data-result hidden>
          <div className="deadline" data-card>
            <p className="state">
              <span className="sign" aria-hidden="true" data-sign />
              <span data-state />
            </p>
            {/* biome-ignore lint/a11y/useHeadingContent: hidden until the browser has something to write into it */}
            <h3 data-head />
            <div data-notes />
            <dl className="facts" data-years />
          </div>
          <div data-entry hidden>
            <button type="button" data-calendar aria-describedby="calendar-hint">
              {t("days.calendar")}
            </button>
            <p className="hint" id="calendar-hint">
              {t("days.calendarHint")}
            </p>
          </div>
        </div>
        <div className="today">
          <DayField of="today" label={t("days.today")} />
          <p className="hint">
            <span data-why /> {t("days.todayChange")}
          </p>
        </div>
        <p className="heard" role="status" data-heard />
        <div className="keep">
          <label className="tick">
            <input type="checkbox" data-remember autoComplete="off" aria-describedby="remember-hint" /> {t("days.remember")}
          </label>
          <p className="hint" id="remember-hint">
            {t("days.rememberHint")}
          </p>
          <p data-kept hidden />
          <button type="button" data-forget hidden>
            {t("days.forget")}
          </button>
        </div>
      </div>
    </>
  );
}
