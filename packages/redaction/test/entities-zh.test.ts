// Persons, organisations, places, exact dates and times in Chinese texts.
import { test } from 'tap';
import { found, organisations, persons, places } from './found.ts';

test('a person is found by surname, given name and what stands around', (t) => {
  t.same(persons('记者李建国采访了患者王晓燕。'), ['李建国', '王晓燕']);
  t.same(persons('欧阳雪梅表示，系统没有报警。'), ['欧阳雪梅']);
  t.same(persons('姓名：周涛'), ['周涛']);
  t.same(persons('张伟和刘洋都收到了短信。'), ['张伟', '刘洋']);
  t.same(persons('我叫陈思雨，今年十八岁。'), ['陈思雨']);
  t.end();
});

test('a surname with a title is one, and so are familiar and half-hidden names', (t) => {
  t.same(persons('王先生投诉了两次。'), ['王先生']);
  t.same(persons('后来赵医生也离开了。'), ['赵医生']);
  t.same(persons('他把密码告诉了老王和小李。'), ['老王', '小李']);
  t.same(persons('嫌疑人张某某已被拘留。'), ['张某某']);
  t.end();
});

test('titles of one character, and names of Tibetans and Japanese', (t) => {
  t.same(persons('何总和许队都在现场。'), ['何总', '许队']);
  t.same(persons('洛桑平措报了警。'), ['洛桑平措']);
  t.same(persons('佐藤健二提交了报告。'), ['佐藤健二']);
  t.same(persons('才旦卓玛说她没有签字。'), ['才旦卓玛']);
  t.end();
});

test('Uyghur and Kazakh names stand alone as well, and their parts within words are none', (t) => {
  t.same(persons('阿依努尔的名字被写错。'), ['阿依努尔']);
  t.same(persons('古丽娜尔在机场被拦下。'), ['古丽娜尔']);
  t.same(persons('工程师努尔兰发现问题。'), ['努尔兰']);
  t.same(persons('我们努力别克服困难，也别克扣工资。'), []);
  t.end();
});

test('what somebody has, does or is beside says that a name is one', (t) => {
  t.same(persons('张三丰的护照号出现在日志中。'), ['张三丰']);
  t.same(persons('顾里向网信办举报。'), ['顾里']);
  t.same(persons('刘洋和张敏同时收到了评分。'), ['刘洋', '张敏']);
  t.same(persons('戴建业院士呼吁加强监管。'), ['戴建业']);
  t.same(persons('龙飞：这个模型根本不安全。'), ['龙飞']);
  t.same(persons('系统将孟浩误认为在逃人员。'), ['孟浩']);
  t.end();
});

test('given names of today are some, words among them', (t) => {
  t.same(persons('算法把林奕辰列入了黑名单。'), ['林奕辰']);
  t.same(persons('这张照片属于龚梓萱。'), ['龚梓萱']);
  t.same(persons('该账户由姚晨曦开设。'), ['姚晨曦']);
  t.end();
});

test('a preposition is no surname where something is done to an organisation, nor is it one before somebody', (t) => {
  t.same(persons('患者的家属向博腾行业协会投诉。'), []);
  t.same(organisations('患者的家属向博腾行业协会投诉。'), ['博腾行业协会']);
  t.same(persons('由某开发方开发的模型'), []);
  t.end();
});

test('words of computing are no names', (t) => {
  t.same(persons('公钥和哈希值写进了空字符串后面的花括号，解锁失败。'), []);
  t.same(organisations('调试信息和索引信息，开源软件，选项所指定的文件。'), []);
  t.end();
});

test('a company is whole with its seat in brackets, and without the role before it', (t) => {
  t.same(organisations('格物智元科技（北京）有限公司的顾问'), ['格物智元科技（北京）有限公司']);
  t.same(organisations('据智谱方舟（北京）信息技术有限公司称'), ['智谱方舟（北京）信息技术有限公司']);
  t.same(organisations('被申请人上海寻梦信息技术有限公司未答辩。'), ['上海寻梦信息技术有限公司']);
  t.same(organisations('华睿智能科技有限公司的工程师'), ['华睿智能科技有限公司']);
  t.same(organisations('住苏州市交警大队附近'), ['苏州市交警大队']);
  t.end();
});

test('a park with streets belongs to its city', (t) => {
  t.same(places('住江苏省苏州市工业园区星湖街328号。'), ['江苏省苏州市工业园区星湖街328号']);
  t.end();
});

test('public bodies are whole with what they protect, and a kind of car is none', (t) => {
  t.same(organisations('江苏省消费者权益保护委员会提起公益诉讼。'), ['江苏省消费者权益保护委员会']);
  t.same(organisations('香港警务处拘捕了两人。'), ['香港警务处']);
  t.same(organisations('无人驾驶汽车在路口突然停下。'), []);
  t.end();
});

test('transliterated names keep all their parts', (t) => {
  t.same(persons('原告约翰·史密斯请求赔偿。'), ['约翰·史密斯']);
  t.same(persons('古丽娜尔·买买提说她没有签字。'), ['古丽娜尔·买买提']);
  t.same(persons('安吉拉·陈是迪普思科技的法务主管。'), ['安吉拉·陈']);
  t.same(persons('作家加夫列尔·加西亚·马尔克斯的照片被滥用。'), ['加夫列尔·加西亚·马尔克斯']);
  t.end();
});

test('an organisation is found back to where its name begins', (t) => {
  t.same(organisations('恒瑞达科技有限公司承认算法有缺陷。'), ['恒瑞达科技有限公司']);
  t.same(organisations('患者家属向成都市第一人民医院投诉。'), ['成都市第一人民医院']);
  t.same(organisations('由星河智能研究院开发的助手'), ['星河智能研究院']);
  t.same(organisations('浙江大学与云海银行签订了协议。'), ['浙江大学', '云海银行']);
  t.same(organisations('张伟委托腾达有限公司审计。'), ['腾达有限公司']);
  t.same(organisations('杭州市公安局西湖分局的民警'), ['杭州市公安局西湖分局']);
  t.end();
});

test('an organisation needs neither region nor legal form', (t) => {
  for (const name of [
    '朗恩科技',
    '嘉禾燃气',
    '特斯拉',
    '市卫健委',
    '县教育局',
    '路透社',
    '曙光中学',
    '仁和医院',
    '诺维律师事务所',
  ]) {
    t.same(organisations(`昨天${name}发布了通知。`), [name], name);
  }
  for (const text of [
    '换脸软件被下架。',
    '聊天机器人出错。',
    '客服中心没有人。',
    '新能源汽车越来越多。',
    '孩子和医院都没有回应。',
  ]) {
    t.same(organisations(text), [], text);
  }
  t.end();
});

test('a body without a name of its own is none', (t) => {
  for (const text of [
    '该公司没有回应。',
    '涉事医院停机两天。',
    '一家大型银行的客户',
    '全部记录已移交。',
    '学校要求学生停止使用。',
    '保险公司拒赔，物业公司没有回应。',
    '派出所受理了报案，快递公司没有赔偿。',
  ]) {
    t.same(organisations(text), [], text);
  }
  t.end();
});

test('places are found with street and number; a country holds nothing', (t) => {
  t.same(places('住址：杭州市西湖区文昌路18号。'), ['杭州市西湖区文昌路18号']);
  t.same(places('事故发生在四川省绵阳市。'), ['四川省绵阳市']);
  t.same(places('他在深圳工作。'), ['深圳']);
  t.same(places('系统部署在法国。'), []);
  t.same(places('城市道路上的车辆'), []);
  t.end();
});

test('exact dates and times are found', (t) => {
  t.same(found('2024年3月5日上午9点半，系统停机。', 'date'), ['2024年3月5日']);
  t.same(found('2024年3月5日上午9点半，系统停机。', 'time'), ['上午9点半']);
  t.same(found('三月五日凌晨两点与十二月二十一日', 'date'), ['三月五日', '十二月二十一日']);
  t.same(found('事故发生在14时32分，20:15恢复。', 'time'), ['14时32分', '20:15']);
  t.same(found('二〇二四年三月五日', 'date'), ['二〇二四年三月五日']);
  t.same(found('昨天下午，持续了3小时，比分是三点', 'time'), []);
  t.end();
});

test('ordinary words that begin with a surname are no names', (t) => {
  for (const text of [
    '大家都很高兴。',
    '这个王国并不存在。',
    '请马上关闭。',
    '他张开双手。',
    '没有找到解决方法。',
    '安全评估应当先完成。',
    '白天识别率较高。',
    '金融机构应当复核。',
    '于是系统拒绝了所有申请。',
    '任何人都可以绕过限制。',
    '许多老人分不清真假。',
    '曾经有三次类似的误报。',
    '石头剪刀布的小程序',
  ]) {
    t.same([...persons(text), ...organisations(text)], [], text);
  }
  t.end();
});

test('numbers and Latin letters that begin a company’s name are part of it', (t) => {
  t.same(organisations('消费者起诉济南亿次元科技有限公司侵犯隐私。'), ['济南亿次元科技有限公司']);
  t.same(organisations('监管部门约谈了MBP软件科技有限公司。'), ['MBP软件科技有限公司']);
  t.same(organisations('消费者起诉七喜网络有限公司侵犯隐私。'), ['七喜网络有限公司']);
  t.same(organisations('和泰传媒有限公司宣布召回三千辆汽车。'), ['和泰传媒有限公司']);
  t.same(organisations('共有三家科技有限公司参加。'), []);
  t.end();
});

test('a surname that is a word begins what is said, or stands before what persons do', (t) => {
  t.same(persons('石建国昨天向平台投诉。'), ['石建国']);
  t.same(persons('由张美玉带领的团队开发了这个模型。'), ['张美玉']);
  t.same(persons('该系统把张建国认成了逃犯。'), ['张建国']);
  t.same(persons('张开双臂的人昨天来过，高温天气持续。'), []);
  t.end();
});

test('cities of other countries are places, and a word with where something is behind it is nobody', (t) => {
  t.same(places('他在莫斯科起诉了银行。'), ['莫斯科']);
  t.same(places('事故发生在赫尔辛基的一家医院。'), ['赫尔辛基']);
  t.same(persons('他在奥斯陆起诉了银行。'), []);
  t.same(persons('马路上没有行人，江水中发现了油污。'), []);
  t.same(persons('张建中发现了油污。'), ['张建中']);
  t.end();
});

test('who is all that stands behind a label is a person, and Japanese names have two characters behind the family name', (t) => {
  t.same(persons('审批人：冉冉；系统管理员：尚可'), ['冉冉', '尚可']);
  t.same(persons('中村健一和长谷川由美到场。'), ['中村健一', '长谷川由美']);
  t.same(persons('法院判决赔偿何某三万元。'), ['何某']);
  t.same(persons('梁上的摄像头掉落。'), []);
  t.same(persons('负责人：安全部'), []);
  t.end();
});
