package dev.larder.integrations;

import dev.larder.testkit.Product;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.task.api.Task;

/** Flowable's process engine, which reads and writes by MyBatis. */
final class Flowable implements Library {

  private static final String PROCESS =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="larder">
        <process id="order" isExecutable="true">
          <startEvent id="start"/>
          <sequenceFlow id="first" sourceRef="start" targetRef="pack"/>
          <userTask id="pack" name="Pack"/>
          <sequenceFlow id="second" sourceRef="pack" targetRef="send"/>
          <userTask id="send" name="Send"/>
          <sequenceFlow id="third" sourceRef="send" targetRef="end"/>
          <endEvent id="end"/>
        </process>
      </definitions>
      """;

  private final ProcessEngine engine;

  Flowable(DataSource dataSource, Product product) {
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setDataSource(dataSource);
    configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
    configuration.setAsyncExecutorActivate(false);
    configuration.setDisableEventRegistry(true);
    configuration.setDisableIdmEngine(true);
    engine = configuration.buildProcessEngine();
  }

  @Override
  public List<Step> steps() {
    return List.of(
        Step.write("a process is deployed", this::deploy),
        Step.write("an instance is started, and its task found", this::start),
        Step.read("the tasks, by a query", this::tasks),
        Step.read(
            "the number of instances that run",
            () -> engine.getRuntimeService().createProcessInstanceQuery().count()),
        Step.read(
            "the process definition",
            () ->
                engine.getRepositoryService().createProcessDefinitionQuery().list().stream()
                    .map(definition -> definition.getKey() + definition.getVersion())
                    .toList()),
        Step.read(
            "variables",
            () ->
                engine
                    .getRuntimeService()
                    .getVariables(
                        engine
                            .getRuntimeService()
                            .createProcessInstanceQuery()
                            .singleResult()
                            .getId())),
        Step.write("a task is completed, and the next found", this::complete),
        Step.write("the last task is completed", this::complete),
        Step.read(
            "the history",
            () ->
                engine
                    .getHistoryService()
                    .createHistoricActivityInstanceQuery()
                    .finished()
                    .orderByActivityId()
                    .asc()
                    .list()
                    .stream()
                    .map(activity -> activity.getActivityId())
                    .toList()));
  }

  private long deploy() {
    engine
        .getRepositoryService()
        .createDeployment()
        .addString("order.bpmn20.xml", PROCESS)
        .deploy();
    return engine.getRepositoryService().createProcessDefinitionQuery().count();
  }

  private List<String> start() {
    engine.getRuntimeService().startProcessInstanceByKey("order", Map.of("book", "Ferns"));
    return tasks();
  }

  private List<String> tasks() {
    return engine.getTaskService().createTaskQuery().orderByTaskName().asc().list().stream()
        .map(Task::getName)
        .toList();
  }

  private List<String> complete() {
    Task task = engine.getTaskService().createTaskQuery().singleResult();
    engine.getTaskService().complete(task.getId());
    return tasks();
  }

  @Override
  public void close() {
    engine.close();
  }
}
