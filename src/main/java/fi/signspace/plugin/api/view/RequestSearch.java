package fi.signspace.plugin.api.view;

import fi.signspace.plugin.process.SigningProcess;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.history.NativeHistoricProcessInstanceQuery;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.runtime.Execution;
import org.jspecify.annotations.Nullable;

/**
 * Finds the requests for a page. The engine's own query sorts all columns of all requests that it
 * finds, and joins their variables or activities, so that it takes longer with each finished
 * request; this one reads a page from an index. It applies the engine's rules of who sees an
 * instance: {@code READ_HISTORY} on the process, and the tenants of the caller.
 */
final class RequestSearch {

  private final ProcessEngineConfigurationImpl engine;
  private final HistoryService history;
  private final String instances;
  private final String executions;
  private final String variables;

  RequestSearch(ProcessEngineConfigurationImpl engine) {
    this.engine = engine;
    this.history = engine.getHistoryService();
    this.instances = engine.getManagementService().getTableName(HistoricProcessInstance.class);
    this.variables = engine.getManagementService().getTableName(HistoricVariableInstance.class);
    this.executions = engine.getManagementService().getTableName(Execution.class);
  }

  /**
   * The filter of a search.
   *
   * @param status the state that the history shows; the caller verifies it
   * @param text a part of the title, in capital or small letters, or the whole business key
   */
  record Criteria(@Nullable Status status, @Nullable String businessKey, @Nullable String text) {

    private @Nullable String pattern() {
      return text == null
          ? null
          : "%" + text.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
    }
  }

  /**
   * The instances that a caller may see.
   *
   * @param tenants empty if they are not restricted to tenants
   */
  private record Visible(boolean any, Optional<List<String>> tenants) {}

  long count(Criteria criteria) {
    Visible visible = visible();
    return visible.any() ? query("select count(*)", criteria, "", visible).count() : 0;
  }

  List<HistoricProcessInstance> find(
      Criteria criteria, PageRequest.Sort sort, int first, int size) {
    Visible visible = visible();
    String order = " order by " + sort.columns();
    return visible.any()
        ? query("select RES.*", criteria, order, visible).listPage(first, size)
        : List.of();
  }

  private Visible visible() {
    return engine.getCommandExecutorTxRequired().execute(RequestSearch::visible);
  }

  private static Visible visible(CommandContext context) {
    boolean mayRead =
        context
            .getAuthorizationManager()
            .isAuthorized(
                ProcessDefinitionPermissions.READ_HISTORY,
                Resources.PROCESS_DEFINITION,
                SigningProcess.KEY);
    Optional<List<String>> tenants =
        context.getTenantManager().isTenantCheckEnabled()
            ? Optional.of(
                Optional.ofNullable(context.getAuthentication().getTenantIds()).orElse(List.of()))
            : Optional.empty();
    return new Visible(mayRead, tenants);
  }

  private NativeHistoricProcessInstanceQuery query(
      String select, Criteria criteria, String order, Visible visible) {
    StringJoiner conditions = new StringJoiner(" and ");
    conditions.add("RES.PROC_DEF_KEY_ = #{process}");
    if (criteria.businessKey() != null) {
      conditions.add("RES.BUSINESS_KEY_ = #{businessKey}");
    }
    if (criteria.text() != null) {
      conditions.add(
          """
          (RES.BUSINESS_KEY_ = #{text} or RES.PROC_INST_ID_ in (
            select PROC_INST_ID_ from %s where NAME_ = #{title} and lower(TEXT_) like #{pattern} escape '!'))
          """
              .formatted(variables));
    }
    if (criteria.status() != null) {
      conditions.add(criteria.status().condition(executions));
    }
    List<String> tenants = visible.tenants().orElse(List.of());
    visible.tenants().ifPresent(some -> conditions.add(ofTenants(some.size())));
    NativeHistoricProcessInstanceQuery query =
        history
            .createNativeHistoricProcessInstanceQuery()
            .sql("%s from %s RES where %s%s".formatted(select, instances, conditions, order))
            .parameter("process", SigningProcess.KEY)
            .parameter("businessKey", criteria.businessKey())
            .parameter("text", criteria.text())
            .parameter("pattern", criteria.pattern())
            .parameter("title", "title");
    IntStream.range(0, tenants.size()).forEach(i -> query.parameter("tenant" + i, tenants.get(i)));
    return query;
  }

  private static String ofTenants(int count) {
    StringJoiner any = new StringJoiner(" or ", "(", ")").add("RES.TENANT_ID_ is null");
    IntStream.range(0, count).forEach(i -> any.add("RES.TENANT_ID_ = #{tenant" + i + "}"));
    return any.toString();
  }
}
